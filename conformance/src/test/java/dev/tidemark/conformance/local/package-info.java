/** What a local author writes, through the library alone. */
@NullMarked
package dev.tidemark.conformance.local;

import org.jspecify.annotations.NullMarked;
