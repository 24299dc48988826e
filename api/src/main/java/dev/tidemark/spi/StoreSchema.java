package dev.tidemark.spi;

import java.util.List;

/**
 * The schema of one store as an explicit, versioned step, so that a deployment can run it under
 * another role than the one that reads and writes (rule B7). Versions count from 1; 0 stands for a
 * place without a schema.
 */
public interface StoreSchema {
  /**
   * Returns the version that this release reads and writes.
   *
   * @return the version, from 1
   */
  int version();

  /**
   * Returns the statements that lead to {@link #version}, for those who run them by themselves.
   * Needs no connection.
   *
   * @param from the version that the store has, from 0
   * @return the statements in their order, without terminators; none from {@link #version}, and at
   *     least one from each version below it. An engine without statements returns what an operator
   *     reads as such, one line for each thing that {@link #migrate} makes
   * @throws dev.tidemark.api.TidemarkException with {@code INVALID_ARGUMENT} if the version is
   *     below 0 or above {@link #version}
   */
  List<String> statements(int from);

  /**
   * Looks up the version that the store has.
   *
   * @return the version; 0 if there is a place for a store and no schema in it
   * @throws dev.tidemark.api.TidemarkException with {@code STORE_NOT_FOUND} if there is no such
   *     place, where the engine can tell that from an empty one; with {@code NOT_A_STORE}, or what
   *     the engine reports
   */
  int storedVersion();

  /**
   * Creates or upgrades the schema. Does nothing when it is up to date already, and is safe when
   * several processes do it at once; one that fails leaves the store as it was.
   *
   * @return the version that was found, before anything was done: 0 where this call made the
   *     schema, {@link #version} where nothing was to be done
   * @throws dev.tidemark.api.TidemarkException with {@code SCHEMA_TOO_NEW}, {@code
   *     PERMISSION_DENIED}, {@code NOT_A_STORE}, or what the engine reports
   */
  int migrate();
}
