package dev.tidemark.postgres.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.StoreLocation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What a store is called: its URI without secrets, and its schema.
 *
 * @param label the URI without secrets
 * @param schema the schema that has the tables
 */
public record StoreName(String label, String schema) {
  /** What the statements call the schema. */
  private static final String PLACEHOLDER = "tidemark.";

  static StoreName of(StoreLocation location, StoreOptions options) {
    return new StoreName(Addresses.withoutSecrets(location), options.schema());
  }

  /** Returns the schema as it stands in SQL. */
  String quotedSchema() {
    return '"' + schema.replace("\"", "\"\"") + '"';
  }

  /**
   * Returns a statement of the code, where all tables are of the schema {@code tidemark}, for this
   * store.
   *
   * @param sql the statement
   * @return the same with the store's schema
   */
  public String qualify(String sql) {
    return sql.replace(PLACEHOLDER, quotedSchema() + ".");
  }

  /** Returns the command that makes the schema, as a shell takes it. */
  String command() {
    if (label.endsWith(":")) {
      // An application's own connections: where they lead is not known here.
      return "tidemark schema, with the database's own address and the schema " + schema;
    }
    String encoded = URLEncoder.encode(schema, StandardCharsets.UTF_8).replace("+", "%20");
    String parameter = schema.equals("tidemark") ? "" : "?schema=" + encoded;
    return "tidemark schema --store '" + (label + parameter).replace("'", "%27") + "'";
  }

  /**
   * Starts an exception that names this store.
   *
   * @param code why a call failed
   * @return a builder
   */
  public TidemarkException.Builder failure(ErrorCode code) {
    return TidemarkException.of(code).with(Detail.STORE, label + " schema " + schema);
  }

  /**
   * Starts an exception that names this store.
   *
   * @param code why a call failed
   * @param problem what is wrong
   * @param remedy what to do about it
   * @return a builder
   */
  public TidemarkException.Builder failure(ErrorCode code, String problem, String remedy) {
    return failure(code).with(Detail.PROBLEM, problem).with(Detail.REMEDY, remedy);
  }
}
