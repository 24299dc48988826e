/**
 * The conformance kit: what every backend passes, as JUnit tests that its author extends with one
 * short class.
 *
 * <pre>{@code
 * class MyBackendConformanceTest extends StorageConformance {
 *   public BackendProvider provider() {
 *     return new MyBackendProvider();
 *   }
 *   public String newStore() {
 *     return "mine:" + UUID.randomUUID();
 *   }
 * }
 * }</pre>
 *
 * <p>{@code StorageConformance} shows that the storage interface is kept, {@code ReplayConformance}
 * that the engine is right on top of it. Each test names by {@link
 * dev.tidemark.conformance.kit.Rule} the rules of the design that it shows.
 */
@NullMarked
package dev.tidemark.conformance.kit;

import org.jspecify.annotations.NullMarked;
