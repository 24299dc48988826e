package dev.tidemark.conformance.kit;

import dev.tidemark.conformance.kit.report.ConformanceExtension;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the kit must know of a backend. */
@ExtendWith(ConformanceExtension.class)
public interface BackendUnderTest {
  /**
   * Returns the provider to test.
   *
   * @return the same or another one at each call
   */
  BackendProvider provider();

  /**
   * Returns the URI of a store that does not exist yet, where {@link OpenMode#CREATE} makes one.
   *
   * @return another URI at each call
   */
  String newStore();

  /**
   * Removes a store that the kit is done with. It is closed.
   *
   * @param uri what {@link #newStore} returned
   */
  default void drop(String uri) {}

  /**
   * Opens a store.
   *
   * @param uri what {@link #newStore} returned
   * @param mode how to open it
   * @return the store, to be closed by the caller
   */
  default Backend open(String uri, OpenMode mode) {
    return provider().open(new OpenRequest(StoreLocation.parse(uri), mode));
  }

  /**
   * Returns the URI under which someone without any right to write opens a store: another role, a
   * copy on a read-only medium. The store is closed for writing meanwhile only if it is {@link
   * Capability#DURABLE}.
   *
   * @param uri what {@link #newStore} returned
   * @return the same URI unless overridden: then it is opened by the same user in mode READ, and
   *     rule C7 is reported as not counted
   */
  default String readerOf(String uri) {
    return uri;
  }

  /**
   * Makes a store look as if a later release of the backend had made it: raises the version that
   * stands in it. Asked of backends with {@link Capability#SCHEMA_STEP} alone; without it, the kit
   * cannot show that such a store is refused, and rule B7 counts as not verified.
   *
   * @param uri what {@link #newStore} returned; the store is closed
   * @return whether it was done
   * @throws Exception if it fails, and the test with it
   */
  default boolean raiseSchemaVersion(String uri) throws Exception {
    return false;
  }

  /**
   * Returns how many statements the backend has executed so far, all stores taken together, so that
   * the kit can count those of a bulk call (rule B5).
   *
   * @return a number that only grows; none where the backend does not count them: then the rule is
   *     reported as not counted. {@link StatementCount} counts those of JDBC connections
   */
  default OptionalLong statements() {
    return OptionalLong.empty();
  }

  /**
   * Returns how many rows the backend has stepped over so far, whether or not it handed them on, so
   * that the kit notices a scan from the start (rule C6).
   *
   * @return a number that only grows within a transaction; none where the backend does not count
   *     them: then the rule is reported as not counted
   */
  default OptionalLong rowsStepped() {
    return OptionalLong.empty();
  }

  /**
   * Asks a new store for what the backend supports.
   *
   * @return the capabilities that are on
   */
  default Set<Capability> capabilities() {
    String uri = newStore();
    try (Backend store = open(uri, OpenMode.CREATE)) {
      return store.capabilities();
    } finally {
      drop(uri);
    }
  }

  /**
   * Tells whether the backend declares a capability.
   *
   * @param capability the capability
   * @return whether it is on
   */
  default boolean supports(Capability capability) {
    return capabilities().contains(capability);
  }
}
