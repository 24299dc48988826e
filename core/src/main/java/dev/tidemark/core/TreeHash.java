package dev.tidemark.core;

/**
 * The hash of the visible tree, with the counts that fall out of computing it. Two stores with the
 * same operations have the same hash (rule R11).
 *
 * <p>It is the SHA-256 of a listing: depth first, parents before children, siblings in order, for
 * each visible node one line of UTF-8 {@code <depth>\t<order key hex>\t<node hex>\t<payload
 * size>\t<sha256 hex of the payload>\n}, with {@code -} in both last columns where there is no
 * payload.
 *
 * @param hex 64 lower-case hexadecimal digits
 * @param visibleNodes how many nodes are visible, without the root
 * @param payloadNodes how many of these have a payload
 * @param payloadBytes the sum of their payload sizes
 * @param maxDepth the largest depth; a child of the root has 1
 */
public record TreeHash(
    String hex, long visibleNodes, long payloadNodes, long payloadBytes, int maxDepth) {}
