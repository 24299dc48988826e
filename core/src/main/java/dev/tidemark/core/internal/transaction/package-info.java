/** Runs units of work: begin, work, commit, and again where a retry can help (rule B6). */
@NullMarked
package dev.tidemark.core.internal.transaction;

import org.jspecify.annotations.NullMarked;
