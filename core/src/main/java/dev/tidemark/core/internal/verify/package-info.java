/** Folds the log afresh and compares the stored tree with it (rule R9). */
@NullMarked
package dev.tidemark.core.internal.verify;

import org.jspecify.annotations.NullMarked;
