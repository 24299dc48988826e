package dev.tidemark.core;

import dev.tidemark.spi.StoreSchema;
import java.util.List;

/**
 * The schema of one store as an explicit, versioned step, so that a deployment can run it under
 * another role than the one that reads and writes (rule B7). Versions count from 1; 0 stands for a
 * place without a schema. Holds nothing open.
 *
 * <p>Every method throws a {@link dev.tidemark.api.TidemarkException} when the store cannot be
 * reached or fails.
 */
public final class SchemaStep {
  private final StoreSchema schema;

  SchemaStep(StoreSchema schema) {
    this.schema = schema;
  }

  /**
   * Returns the version that this release reads and writes.
   *
   * @return the version, from 1
   */
  public int version() {
    return schema.version();
  }

  /**
   * Returns the statements that lead to {@link #version}, for those who run them by themselves.
   * Needs no connection.
   *
   * @param from the version that the store has, from 0
   * @return the statements in their order, without terminators; empty if nothing is to be done
   * @throws dev.tidemark.api.TidemarkException with {@code INVALID_ARGUMENT} if no release wrote
   *     such a version
   */
  public List<String> statements(int from) {
    return List.copyOf(schema.statements(from));
  }

  /**
   * Looks up the version that the store has.
   *
   * @return the version; 0 if there is no schema
   * @throws dev.tidemark.api.TidemarkException with {@code STORE_NOT_FOUND} or {@code NOT_A_STORE}
   */
  public int storedVersion() {
    return schema.storedVersion();
  }

  /**
   * Creates or upgrades the schema. Does nothing when it is up to date already, and is safe when
   * several processes do it at once; one that fails leaves the store as it was.
   *
   * @return the version that was found
   * @throws dev.tidemark.api.TidemarkException with {@code SCHEMA_TOO_NEW}, {@code
   *     PERMISSION_DENIED} or {@code NOT_A_STORE}
   */
  public int migrate() {
    return schema.migrate();
  }
}
