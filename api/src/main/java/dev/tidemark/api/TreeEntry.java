package dev.tidemark.api;

/**
 * A visible node met in a depth-first walk.
 *
 * @param depth how far below the root; a child of the root has 1
 * @param node the node
 */
public record TreeEntry(int depth, TreeNode node) {}
