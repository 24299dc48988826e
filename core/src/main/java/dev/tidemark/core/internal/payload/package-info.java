/** Payloads beyond the inline size: how they are cut into pieces, written, read and digested. */
@NullMarked
package dev.tidemark.core.internal.payload;

import org.jspecify.annotations.NullMarked;
