package dev.tidemark.conformance.model;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The last write of a node's payload.
 *
 * @param writtenBy the operation
 * @param payload what it wrote; null where it cleared the payload
 */
public record PayloadWrite(CanonicalKey writtenBy, @Nullable Payload payload) {}
