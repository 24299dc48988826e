package dev.tidemark.postgres.internal.store;

import java.util.List;

/**
 * The first schema. Once released it does not change any more; the next one is an upgrade of it.
 *
 * <p>Every key begins with the document, a number that is a function of its name: a table is
 * sharded by it, or partitioned, without a change. Only the index that lists documents does not.
 * There are no sequences, triggers, functions and foreign keys. Columns that are absent hold an
 * empty byte string: a row of nine columns or more with a NULL in it takes eight bytes more. What
 * is searched or ordered is a byte string in the form of {@code
 * dev.tidemark.postgres.internal.table.Keys}.
 */
final class SchemaVersion1 {
  static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE tidemark.schema_version (version integer PRIMARY KEY)",
          // The one row that every append updates: half of each page stays free, so that its new
          // version finds room beside the old one and no index learns of it.
          """
          CREATE TABLE tidemark.document (
            document bigint NOT NULL,
            name bytea NOT NULL,
            version bigint NOT NULL,
            operations bigint NOT NULL,
            pending bigint NOT NULL,
            materialized bytea NOT NULL,
            head bytea NOT NULL,
            inner_head bytea NOT NULL,
            frontier bytea NOT NULL,
            revision bigint NOT NULL,
            PRIMARY KEY (document)
          ) WITH (fillfactor = 50)""",
          // For the list of all documents, and the only index that is not of one document. What
          // an append changes is not in it.
          "CREATE INDEX document_name ON tidemark.document (name ASC)",
          // The log. Rows are only ever added.
          """
          CREATE TABLE tidemark.operation (
            document bigint NOT NULL,
            lamport bigint NOT NULL,
            kind smallint NOT NULL,
            place bytea NOT NULL,
            id bytea NOT NULL,
            node bytea NOT NULL,
            parent bytea NOT NULL,
            order_key bytea NOT NULL,
            body bytea NOT NULL,
            PRIMARY KEY (document, place)
          )""",
          "CREATE UNIQUE INDEX operation_id ON tidemark.operation (document, id)",
          // Payload writes and deletes by their node, in canonical order. Kinds from 4 on are
          // these.
          """
          CREATE INDEX operation_content ON tidemark.operation (document, node, lamport, id)
          WHERE kind >= 4""",
          // The tree. Flags: 1 payload, 2 inner, 4 deleted, 8 tombstoned, 16 indexed. The key of
          // the payload's last write is empty where it is the placement's.
          """
          CREATE TABLE tidemark.node (
            document bigint NOT NULL,
            flags smallint NOT NULL,
            node bytea NOT NULL,
            parent bytea NOT NULL,
            order_key bytea NOT NULL,
            placed_by bytea NOT NULL,
            written_by bytea NOT NULL,
            PRIMARY KEY (document, node)
          ) WITH (fillfactor = 90)""",
          "CREATE INDEX node_child ON tidemark.node (document, parent, order_key, node)",
          """
          CREATE TABLE tidemark.deletion (
            document bigint NOT NULL,
            node bytea NOT NULL,
            known bytea NOT NULL,
            PRIMARY KEY (document, node)
          )""",
          // The structural index. Flags: 1 effective, 2 inner.
          """
          CREATE TABLE tidemark.structural (
            document bigint NOT NULL,
            flags smallint NOT NULL,
            node bytea NOT NULL,
            operation bytea NOT NULL,
            parent bytea NOT NULL,
            order_key bytea NOT NULL,
            PRIMARY KEY (document, node, operation)
          )""",
          """
          CREATE INDEX structural_inner ON tidemark.structural (document, operation)
          WHERE flags >= 2""",
          // The parent index.
          """
          CREATE TABLE tidemark.parent_operation (
            document bigint NOT NULL,
            parent bytea NOT NULL,
            place bytea NOT NULL,
            PRIMARY KEY (document, parent, place)
          )""",
          // Pieces of payloads that are too large for the log's own rows.
          """
          CREATE TABLE tidemark.piece (
            document bigint NOT NULL,
            start bigint NOT NULL,
            operation bytea NOT NULL,
            bytes bytea NOT NULL,
            PRIMARY KEY (document, operation, start)
          )""",
          // Operations whose payload is still incomplete.
          """
          CREATE TABLE tidemark.staged (
            document bigint NOT NULL,
            lamport bigint NOT NULL,
            touched_at bigint NOT NULL,
            kind smallint NOT NULL,
            id bytea NOT NULL,
            node bytea NOT NULL,
            parent bytea NOT NULL,
            order_key bytea NOT NULL,
            body bytea NOT NULL,
            received bytea NOT NULL,
            PRIMARY KEY (document, id)
          )""",
          """
          CREATE TABLE tidemark.progress (
            document bigint NOT NULL,
            peer bytea NOT NULL,
            token text NOT NULL,
            PRIMARY KEY (document, peer)
          )""",
          "INSERT INTO tidemark.schema_version (version) VALUES (1)");

  private SchemaVersion1() {}
}
