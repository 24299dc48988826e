package dev.tidemark.api;

/**
 * What applying a chunk did.
 *
 * @param header what the chunk said of itself
 * @param append what its operations did; for a fragment, the operation whose payload it completed
 * @param isPayloadPending whether the chunk is a fragment and other bytes of its payload are
 *     missing
 */
public record ApplyResult(ChunkHeader header, AppendResult append, boolean isPayloadPending) {}
