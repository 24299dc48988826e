package dev.tidemark.core;

import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.core.internal.chunk.DecodedChunk;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a chunk holds, for people and tools that look at it. Nothing is applied.
 *
 * @param header what the chunk says of itself
 * @param operations its complete operations, with their positions in the sender's log
 * @param fragmented the operation whose payload it holds a part of; null unless it is a fragment
 */
public record ChunkInspection(
    ChunkHeader header,
    List<LoggedOperation> operations,
    Operation.@Nullable PayloadCarrying fragmented) {
  /** Copies the list. */
  public ChunkInspection {
    operations = List.copyOf(operations);
  }

  /**
   * Decodes a chunk.
   *
   * @param chunk the encoded chunk
   * @return what it holds
   * @throws dev.tidemark.api.TidemarkException with {@code CHUNK_MALFORMED}, {@code
   *     CHUNK_UNSUPPORTED}, {@code CHUNK_TOO_LARGE} or {@code INVALID_OPERATION}
   */
  public static ChunkInspection of(byte[] chunk) {
    DecodedChunk decoded = dev.tidemark.core.internal.chunk.ChunkDecoder.decode(chunk);
    DecodedChunk.Content content = decoded.content();
    return new ChunkInspection(
        decoded.header(), decoded.entries(), content == null ? null : content.operation());
  }

  /**
   * Returns the operation whose payload the chunk holds a part of.
   *
   * @return the operation, if the chunk is a fragment; its payload is a reference
   */
  public Optional<Operation.PayloadCarrying> fragment() {
    return Optional.ofNullable(fragmented);
  }
}
