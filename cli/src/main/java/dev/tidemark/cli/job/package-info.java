/** What commands do, without a word about options and output. */
@NullMarked
package dev.tidemark.cli.job;

import org.jspecify.annotations.NullMarked;
