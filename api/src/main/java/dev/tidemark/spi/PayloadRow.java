package dev.tidemark.spi;

import dev.tidemark.api.CanonicalKey;

/**
 * The last write of a node's payload.
 *
 * @param writtenBy the operation
 * @param isPresent whether it wrote a payload, and did not clear it
 */
public record PayloadRow(CanonicalKey writtenBy, boolean isPresent) {}
