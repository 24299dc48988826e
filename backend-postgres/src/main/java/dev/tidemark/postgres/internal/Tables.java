package dev.tidemark.postgres.internal;

import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.postgres.internal.table.DeletionTable;
import dev.tidemark.postgres.internal.table.DocumentRow;
import dev.tidemark.postgres.internal.table.NodeTable;
import dev.tidemark.postgres.internal.table.OperationTable;
import dev.tidemark.postgres.internal.table.ParentTable;
import dev.tidemark.postgres.internal.table.PieceTable;
import dev.tidemark.postgres.internal.table.ProgressTable;
import dev.tidemark.postgres.internal.table.ScanSize;
import dev.tidemark.postgres.internal.table.StagedTable;
import dev.tidemark.postgres.internal.table.StructuralTable;

/** What one transaction sees of the tables. */
record Tables(
    DocumentRow document,
    OperationTable operations,
    NodeTable nodes,
    DeletionTable deletions,
    StructuralTable structural,
    ParentTable parents,
    PieceTable pieces,
    StagedTable staged,
    ProgressTable progress) {
  Tables(Session session, DocumentRow document, ScanSize usual) {
    this(session, document, new OperationTable(session, document, usual));
  }

  private Tables(Session session, DocumentRow document, OperationTable operations) {
    this(
        document,
        operations,
        new NodeTable(session, document),
        new DeletionTable(session, document),
        new StructuralTable(session, document),
        new ParentTable(session, document, operations),
        new PieceTable(session, document),
        new StagedTable(session, document),
        new ProgressTable(session, document));
  }
}
