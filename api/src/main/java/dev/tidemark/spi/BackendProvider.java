package dev.tidemark.spi;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.util.Set;

/**
 * Opens stores for one or more URI schemes. Found by {@link java.util.ServiceLoader}, or handed to
 * the engine; a provider is stateless and safe for several threads.
 */
public interface BackendProvider {
  /**
   * Returns the name of the backend, for messages: {@code sqlite}.
   *
   * @return a short name
   */
  String name();

  /**
   * Returns the schemes of the URIs that it opens, in lower case.
   *
   * @return at least one
   */
  Set<String> schemes();

  /**
   * Opens a store.
   *
   * @param request which one, and how
   * @return the store, to be closed by the caller
   * @throws dev.tidemark.api.TidemarkException with {@code INVALID_STORE_URI}, {@code
   *     STORE_NOT_FOUND}, {@code NOT_A_STORE}, {@code SCHEMA_TOO_NEW}, {@code SCHEMA_TOO_OLD},
   *     {@code READ_ONLY}, {@code PERMISSION_DENIED}, or what the engine reports; nothing is left
   *     open then, and no half of a schema
   */
  Backend open(OpenRequest request);

  /**
   * Returns the explicit step that makes the schema of a store (rule B7, {@link
   * Capability#SCHEMA_STEP}). Connects to nothing yet.
   *
   * @param location the store
   * @return the step
   * @throws dev.tidemark.api.TidemarkException with {@code INVALID_STORE_URI}, or {@code
   *     UNSUPPORTED} where there is no such step
   */
  default StoreSchema schema(StoreLocation location) {
    throw TidemarkException.of(ErrorCode.UNSUPPORTED)
        .with(Detail.PROBLEM, "the backend " + name() + " has no schema of its own")
        .with(Detail.STORE, location)
        .build();
  }
}
