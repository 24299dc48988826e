package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.NodeId;
import dev.tidemark.postgres.internal.store.Session;
import java.sql.SQLException;
import java.util.Collection;

/**
 * A look-up of the rows of many keys by one statement.
 *
 * <p>{@code key = ANY (?)} is what every engine understands, and all that portable statements have.
 * PostgreSQL's planner, on a table without statistics, takes {@code document = ?} for so selective
 * that it rather reads all of the document than seek each key, and keeps such a plan. Where it is
 * PostgreSQL, the statement therefore leaves it no choice: ORDER BY and LIMIT keep it from turning
 * the lateral query round, and a range of one key, in an order that is not to be sorted into, has
 * one index.
 */
final class Lookup {
  private final String seeking;
  private final String portable;

  private Lookup(String columns, String table, String key) {
    String select = "SELECT " + columns + " FROM tidemark." + table + " t WHERE t.document = ?";
    seeking =
        "SELECT f.* FROM pg_catalog.unnest(CAST(? AS bytea[])) AS w(key) CROSS JOIN LATERAL (\n  "
            + (select + oneKey("t." + key, "w.key"))
            + " LIMIT 1) AS f";
    portable = select + " AND t." + key + " = ANY (CAST(? AS bytea[]))";
  }

  /** The rows with one value in a column, read by an index that has them in its order. */
  static String oneKey(String column, String value) {
    return " AND COLUMN >= VALUE AND COLUMN <= VALUE ORDER BY COLUMN"
        .replace("COLUMN", column)
        .replace("VALUE", value);
  }

  /** Makes the look-up of rows by a unique key. */
  static Lookup ofOne(String columns, String table, String key) {
    return new Lookup(columns, table, key);
  }

  Query query(Session session, DocumentRow document, byte[][] keys) throws SQLException {
    return session.isNative()
        ? new Query(session, seeking).keys(keys).number(document.number())
        : new Query(session, portable).number(document.number()).keys(keys);
  }

  Query query(Session session, DocumentRow document, Collection<NodeId> nodes) throws SQLException {
    return query(session, document, nodes.stream().map(NodeId::toByteArray).toArray(byte[][]::new));
  }

  /** Returns the statement for PostgreSQL, whose plan a test looks at. */
  String seeking() {
    return seeking;
  }
}
