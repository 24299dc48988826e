/** Shows what a command does to those who scrape or look at its metrics. */
@NullMarked
package dev.tidemark.cli.metrics;

import org.jspecify.annotations.NullMarked;
