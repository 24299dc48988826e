/**
 * The chunk stream on top of a backend: reading, applying and pulling (design, sections 6 and 7).
 */
@NullMarked
package dev.tidemark.conformance.kit.chunk;

import org.jspecify.annotations.NullMarked;
