/** The rules of the kit, their page and their tests, held together. */
@NullMarked
package dev.tidemark.conformance.rule;

import org.jspecify.annotations.NullMarked;
