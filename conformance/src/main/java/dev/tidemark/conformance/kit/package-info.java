/**
 * The conformance kit: what every backend passes, as JUnit tests that its author extends with one
 * short class.
 *
 * <pre>{@code
 * final class MyBackendTest extends BackendConformance {
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
 * and {@code ChunkConformance} that the engine is right on top of it, {@code OperationConformance}
 * how it does in use, and {@code SmallestConformance} the same in the smallest pieces. Each test
 * names by {@link dev.tidemark.conformance.kit.Rule} the rules that it shows; a failure names the
 * rule and what to look at, and a run closes with a report.
 */
@NullMarked
package dev.tidemark.conformance.kit;

import org.jspecify.annotations.NullMarked;
