/** Reads and writes edit histories as JSON lines; docs/trace-format.md specifies the format. */
@NullMarked
package dev.tidemark.cli.trace;

import org.jspecify.annotations.NullMarked;
