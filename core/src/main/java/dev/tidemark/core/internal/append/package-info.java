/** Takes operations into the log: what is known is left out, what is forbidden refused. */
@NullMarked
package dev.tidemark.core.internal.append;

import org.jspecify.annotations.NullMarked;
