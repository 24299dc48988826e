/**
 * What a storage backend implements. A backend stores rows and knows nothing of their meaning: all
 * algorithms are in the engine. The rules that it keeps (B1 to B11) are in the design; the
 * conformance kit proves them.
 *
 * <p>In one sentence: a backend opens {@link dev.tidemark.spi.ReadTransaction read} and {@link
 * dev.tidemark.spi.WriteTransaction write} transactions on one document each, and every method of a
 * transaction is one bulk primitive with a stated cost.
 *
 * <p>Collections that are returned may be unmodifiable; collections that are passed in are not
 * kept. Methods throw {@link dev.tidemark.api.TidemarkException}; an engine's own exceptions are
 * wrapped, with the cause kept. A transaction is used by one thread at a time.
 */
@NullMarked
package dev.tidemark.spi;

import org.jspecify.annotations.NullMarked;
