/** The library on real servers that fail, restart and are shared. */
@NullMarked
package dev.tidemark.postgres.system;

import org.jspecify.annotations.NullMarked;
