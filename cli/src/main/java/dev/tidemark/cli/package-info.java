/** The {@code tidemark} command line; docs/cli.md describes it. */
@NullMarked
package dev.tidemark.cli;

import org.jspecify.annotations.NullMarked;
