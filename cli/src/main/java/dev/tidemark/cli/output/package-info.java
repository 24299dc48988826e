/** What commands say, and how: lines for people, JSON for scripts, errors, progress. */
@NullMarked
package dev.tidemark.cli.output;

import org.jspecify.annotations.NullMarked;
