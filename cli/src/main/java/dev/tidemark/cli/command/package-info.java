/** The subcommands, one class each, and what they share. */
@NullMarked
package dev.tidemark.cli.command;

import org.jspecify.annotations.NullMarked;
