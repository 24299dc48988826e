/** Real histories, through all layers. */
@NullMarked
package dev.tidemark.cli.system;

import org.jspecify.annotations.NullMarked;
