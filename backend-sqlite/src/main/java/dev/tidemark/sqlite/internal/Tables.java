package dev.tidemark.sqlite.internal;

import dev.tidemark.sqlite.internal.store.Session;
import dev.tidemark.sqlite.internal.table.DeletionTable;
import dev.tidemark.sqlite.internal.table.Dictionaries;
import dev.tidemark.sqlite.internal.table.DocumentRow;
import dev.tidemark.sqlite.internal.table.NodeTable;
import dev.tidemark.sqlite.internal.table.OperationTable;
import dev.tidemark.sqlite.internal.table.ParentIndexTable;
import dev.tidemark.sqlite.internal.table.PieceTable;
import dev.tidemark.sqlite.internal.table.ProgressTable;
import dev.tidemark.sqlite.internal.table.RunTable;
import dev.tidemark.sqlite.internal.table.StagedTable;
import dev.tidemark.sqlite.internal.table.StructuralTable;

/** What one transaction sees of the tables. */
record Tables(
    DocumentRow document,
    OperationTable operations,
    NodeTable nodes,
    DeletionTable deletions,
    StructuralTable structural,
    ParentIndexTable parents,
    PieceTable pieces,
    StagedTable staged,
    ProgressTable progress) {
  Tables(Session session, DocumentRow document) {
    this(session, document, new Dictionaries(session, document), new RunTable(session, document));
  }

  private Tables(Session session, DocumentRow document, Dictionaries dictionaries, RunTable runs) {
    this(
        document,
        new OperationTable(session, document, dictionaries, runs),
        new NodeTable(session, document, dictionaries),
        new DeletionTable(session, document),
        new StructuralTable(session, document, dictionaries),
        new ParentIndexTable(session, document, dictionaries, runs),
        new PieceTable(session, document, dictionaries),
        new StagedTable(session, document),
        new ProgressTable(session, document));
  }
}
