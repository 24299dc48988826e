/**
 * Values, cursors, results and errors that applications, backends and the engine share.
 *
 * <p>All values are immutable and safe for use by several threads. Invalid arguments are refused
 * with a {@link dev.tidemark.api.TidemarkException} of code {@link
 * dev.tidemark.api.ErrorCode#INVALID_ARGUMENT}, so that a value that exists is a valid one.
 */
@NullMarked
package dev.tidemark.api;

import org.jspecify.annotations.NullMarked;
