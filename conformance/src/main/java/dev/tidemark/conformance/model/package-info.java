/**
 * The oracle: what a document means, in the plainest code that says it. Every engine and every
 * backend is compared with it, so it has no cleverness, no state that is kept up to date, and no
 * part in common with the engine beyond the values of the api.
 */
@NullMarked
package dev.tidemark.conformance.model;

import org.jspecify.annotations.NullMarked;
