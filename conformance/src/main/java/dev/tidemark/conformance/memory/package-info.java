/**
 * The in-memory backend: the shortest one that keeps the rules of the service interface. For tests,
 * and as the example that authors of backends start from.
 */
@NullMarked
package dev.tidemark.conformance.memory;

import org.jspecify.annotations.NullMarked;
