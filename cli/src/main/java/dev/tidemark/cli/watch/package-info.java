/** A terminal's view of a store, renewed again and again. */
@NullMarked
package dev.tidemark.cli.watch;

import org.jspecify.annotations.NullMarked;
