/**
 * The chunk stream (design, sections 6 and 7): reading a window of the log chunk by chunk, the
 * chunk format, applying chunks. docs/chunk-format.md specifies the bytes.
 */
@NullMarked
package dev.tidemark.core.internal.chunk;

import org.jspecify.annotations.NullMarked;
