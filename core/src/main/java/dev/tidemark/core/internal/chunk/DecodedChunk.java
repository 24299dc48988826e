package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.ChunkHeader.Fragment;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that was found whole and valid.
 *
 * @param header what it says of itself
 * @param entries the complete operations, with their positions in the sender's log
 * @param content the fragment; null unless the chunk is one
 */
public record DecodedChunk(
    ChunkHeader header, List<LoggedOperation> entries, @Nullable Content content) {
  /** Copies the list. */
  public DecodedChunk {
    entries = List.copyOf(entries);
  }

  /**
   * A part of a payload, and the operation that carries it.
   *
   * @param operation the operation; its payload is a reference
   * @param range which bytes of the payload these are
   * @param bytes the bytes, from position to limit; read-only
   */
  public record Content(Operation.PayloadCarrying operation, Fragment range, ByteBuffer bytes) {}

  /**
   * Returns the complete operations.
   *
   * @return the operations, in the order of the sender's log
   */
  public List<Operation> operations() {
    return entries.stream().map(LoggedOperation::operation).toList();
  }

  /**
   * Returns the fragment.
   *
   * @return the fragment, if the chunk is one
   */
  public Optional<Content> fragment() {
    return Optional.ofNullable(content);
  }
}
