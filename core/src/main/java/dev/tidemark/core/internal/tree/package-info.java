/** Reads the tree: visibility, pages of children, walks, the tree hash, order keys. */
@NullMarked
package dev.tidemark.core.internal.tree;

import org.jspecify.annotations.NullMarked;
