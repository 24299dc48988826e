package dev.tidemark.sqlite.internal.store;

import java.util.List;

/**
 * The first schema. Once released it does not change any more; the next one is an upgrade of it.
 *
 * <p>Measured with 1,000,000 inserts by one replica in versions of 1,000, payloads of 64 bytes,
 * order keys of 4, every tenth node inner, one entry of the parent index each: 236 bytes of file
 * per operation, of which operation 112, node 44, child 34, operation_id 16, parent_operation 14,
 * structural 7, inner_operation 5, parent 5. In versions of one operation, run takes 15 bytes more.
 * A payload write or delete takes about 30 bytes in content_operation. A further document in the
 * file costs a byte per row and index entry.
 *
 * <p>What was tried instead, on the same data: positions in columns of the log, with an index of
 * their own, took 20 bytes more and saved a seek where operations are looked up by id (such
 * look-ups take up to a fifth longer now, and scans and appends do not); parents in full wherever
 * they stand, Lamport times in full, and a log WITHOUT ROWID took 46 more again. (Ascending keys
 * fill pages of such a table to 0.87 and of one with a rowid to 0.99.) Such a log takes 4.7 kB for
 * a payload of 1 kB, as an index page of 4 kB keeps 489 bytes of the row and puts the rest on a
 * page of its own; this one takes 1.4 kB. Pages of 16 kB save 1 % and make that worse.
 */
final class SchemaVersion1 {
  static final List<String> STATEMENTS =
      List.of(
          // Documents, and the one row that every append updates. Canonical keys are written as
          // dev.tidemark.sqlite.internal.table.Keys does.
          """
          CREATE TABLE document(
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL,
            operations INTEGER NOT NULL,
            head BLOB,
            inner_head BLOB,
            materialized_version INTEGER NOT NULL,
            materialized_sequence INTEGER NOT NULL,
            pending INTEGER NOT NULL,
            frontier BLOB
          ) STRICT
          """,
          // Authors and parents stand in nearly every row and are 16 bytes and more, so the other
          // tables name them by a number. Numbers start at 0 and are never given to another value.
          """
          CREATE TABLE replica(
            document INTEGER NOT NULL,
            number INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY(document, number)
          ) STRICT, WITHOUT ROWID
          """,
          "CREATE UNIQUE INDEX replica_bytes ON replica(document, bytes)",
          """
          CREATE TABLE parent(
            document INTEGER NOT NULL,
            number INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY(document, number)
          ) STRICT, WITHOUT ROWID
          """,
          "CREATE UNIQUE INDEX parent_bytes ON parent(document, bytes)",
          // The log. Rows are only ever added, with ascending numbers that all documents share. It
          // has a rowid because bodies of 1 to 4 kB would spill to pages of their own in a table
          // without one. The Lamport time is counter + lead, which for an author alone is 0 and
          // takes no byte.
          """
          CREATE TABLE operation(
            number INTEGER PRIMARY KEY,
            document INTEGER NOT NULL,
            version INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            replica INTEGER NOT NULL,
            counter INTEGER NOT NULL,
            lead INTEGER NOT NULL,
            node BLOB NOT NULL,
            parent INTEGER,
            order_key BLOB,
            body BLOB
          ) STRICT
          """,
          "CREATE UNIQUE INDEX operation_id ON operation(document, replica, counter)",
          // The kinds from 4 on are those that are not structural. Each node's by Lamport time, as
          // a catch-up asks for a part of them.
          """
          CREATE INDEX content_operation ON operation(document, node, counter + lead)
          WHERE kind >= 4
          """,
          // Positions. A run is count operations, of which the first stands at (version, sequence)
          // and has this number, and each further one the next sequence and the next number.
          // Usually a version is one run. Within a document the order of runs is that of numbers.
          """
          CREATE TABLE run(
            document INTEGER NOT NULL,
            version INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            number INTEGER NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY(document, version, sequence)
          ) STRICT, WITHOUT ROWID
          """,
          // The tree. The placement's key is in columns; the payload's is in payload_key where
          // another operation wrote it, and NULL where it is the placement's.
          """
          CREATE TABLE node(
            document INTEGER NOT NULL,
            node BLOB NOT NULL,
            flags INTEGER NOT NULL,
            parent INTEGER,
            order_key BLOB,
            replica INTEGER,
            counter INTEGER,
            lead INTEGER,
            payload_key BLOB,
            PRIMARY KEY(document, node)
          ) STRICT, WITHOUT ROWID
          """,
          """
          CREATE INDEX child ON node(document, parent, order_key, node) WHERE parent IS NOT NULL
          """,
          """
          CREATE TABLE deletion(
            document INTEGER NOT NULL,
            node BLOB NOT NULL,
            known BLOB NOT NULL,
            PRIMARY KEY(document, node)
          ) STRICT, WITHOUT ROWID
          """,
          // The structural index. Replicas stand here with their bytes, as their order counts. One
          // operation in about ten is here. Flags: 1 effective, 2 inner.
          """
          CREATE TABLE structural(
            document INTEGER NOT NULL,
            node BLOB NOT NULL,
            lamport INTEGER NOT NULL,
            replica BLOB NOT NULL,
            counter INTEGER NOT NULL,
            flags INTEGER NOT NULL,
            parent INTEGER NOT NULL,
            order_key BLOB NOT NULL,
            PRIMARY KEY(document, node, lamport, replica, counter)
          ) STRICT, WITHOUT ROWID
          """,
          """
          CREATE INDEX inner_operation ON structural(document, lamport, replica, counter)
          WHERE flags >= 2
          """,
          // The parent index: which operations, by number, shaped the children of which parent.
          """
          CREATE TABLE parent_operation(
            document INTEGER NOT NULL,
            parent INTEGER NOT NULL,
            operation INTEGER NOT NULL,
            PRIMARY KEY(document, parent, operation)
          ) STRICT, WITHOUT ROWID
          """,
          // Pieces of payloads that are too large for the log's own rows.
          """
          CREATE TABLE piece(
            document INTEGER NOT NULL,
            replica INTEGER NOT NULL,
            counter INTEGER NOT NULL,
            start INTEGER NOT NULL,
            bytes BLOB NOT NULL
          ) STRICT
          """,
          "CREATE UNIQUE INDEX piece_place ON piece(document, replica, counter, start)",
          // Operations whose payload is still incomplete: few, so nothing in them is abbreviated.
          """
          CREATE TABLE staged(
            document INTEGER NOT NULL,
            replica BLOB NOT NULL,
            counter INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            lamport INTEGER NOT NULL,
            node BLOB NOT NULL,
            parent BLOB,
            order_key BLOB,
            body BLOB NOT NULL,
            received BLOB NOT NULL,
            touched_at INTEGER NOT NULL,
            PRIMARY KEY(document, replica, counter)
          ) STRICT, WITHOUT ROWID
          """,
          """
          CREATE TABLE progress(
            document INTEGER NOT NULL,
            peer TEXT NOT NULL,
            token TEXT NOT NULL,
            PRIMARY KEY(document, peer)
          ) STRICT, WITHOUT ROWID
          """);

  private SchemaVersion1() {}
}
