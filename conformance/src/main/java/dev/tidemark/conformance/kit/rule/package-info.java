/** The rules that the kit shows, in words: what must hold, why, and what to look at. */
@NullMarked
package dev.tidemark.conformance.kit.rule;

import org.jspecify.annotations.NullMarked;
