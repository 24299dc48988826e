package dev.tidemark.core;

import dev.tidemark.api.ChunkCursor;

/**
 * What one pull did.
 *
 * @param chunks how many chunks were applied
 * @param bytes the sum of their encoded sizes
 * @param appended how many operations were new
 * @param known how many operations were there already
 * @param reached where the pull ended: the end of the last window
 */
public record PullSummary(
    long chunks, long bytes, long appended, long known, ChunkCursor reached) {}
