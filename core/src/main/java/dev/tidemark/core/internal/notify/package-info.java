/** Hands net changes to listeners, after the commit and in version order (rule R10). */
@NullMarked
package dev.tidemark.core.internal.notify;

import org.jspecify.annotations.NullMarked;
