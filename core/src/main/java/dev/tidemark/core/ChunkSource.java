package dev.tidemark.core;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that answers tokens with chunks: a document of another store, or a remote peer that
 * ships text one way and bytes the other.
 */
@FunctionalInterface
public interface ChunkSource {
  /**
   * Reads what stands at a token.
   *
   * @param token the token of a cursor
   * @return the chunk that starts there, or where to go on
   */
  Answer read(String token);

  /**
   * Makes a source of a document's chunk stream.
   *
   * @param reader reads chunks, as {@code Document::readChunk} does
   * @return the source
   */
  static ChunkSource of(Function<ChunkRequest, ChunkResult> reader) {
    return token -> Answer.of(reader.apply(ChunkRequest.resume(token)));
  }

  /** What a source found: a chunk, which carries the token to go on with, or that token alone. */
  final class Answer {
    private final byte @Nullable [] chunk;
    private final @Nullable String next;

    private Answer(byte @Nullable [] chunk, @Nullable String next) {
      this.chunk = chunk;
      this.next = next;
    }

    /**
     * A chunk was found.
     *
     * @param bytes the encoded chunk, given away
     * @return the answer
     */
    public static Answer chunk(byte[] bytes) {
      return new Answer(bytes, null);
    }

    /**
     * There is no chunk, but a place to go on: because the filter removed all that was looked at,
     * or because the window is at its end, which the token says.
     *
     * @param token the token
     * @return the answer
     */
    public static Answer goOn(String token) {
      return new Answer(null, token);
    }

    /**
     * Takes over what one read of a chunk stream returned.
     *
     * @param result the result
     * @return the answer
     */
    public static Answer of(ChunkResult result) {
      return result
          .chunk()
          .map(Chunk::bytes)
          .map(Answer::chunk)
          .orElseGet(() -> goOn(result.next().token()));
    }

    /**
     * Returns the chunk.
     *
     * @return the encoded chunk, if one was found; not to be changed
     */
    public Optional<byte[]> chunk() {
      return Optional.ofNullable(chunk);
    }

    /**
     * Returns where to go on.
     *
     * @return the token; absent where there is a chunk, which carries it
     */
    public Optional<String> next() {
      return Optional.ofNullable(next);
    }
  }
}
