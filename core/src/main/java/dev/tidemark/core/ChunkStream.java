package dev.tidemark.core;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkResult;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of one window, read one by one as they are asked for. At most one chunk is in memory,
 * and nothing is open between two of them, so a loop may take its time or stop anywhere.
 *
 * <p>Each {@link #iterator()} starts where the request does; where the request leaves the watermark
 * open, each fixes its own. Iterators are for one thread; the stream may be shared.
 */
public final class ChunkStream implements Iterable<Chunk> {
  private final ChunkCursor start;
  private final Function<ChunkCursor, ChunkResult> reader;

  /**
   * Makes a stream.
   *
   * @param start where it starts
   * @param reader reads what follows a cursor
   */
  ChunkStream(ChunkCursor start, Function<ChunkCursor, ChunkResult> reader) {
    this.start = start;
    this.reader = reader;
  }

  /**
   * Returns where the stream starts.
   *
   * @return the cursor
   */
  public ChunkCursor start() {
    return start;
  }

  /**
   * Reads the window from its start. To go on later, keep the {@code next} cursor of the last
   * chunk's header.
   *
   * @return a new iterator, whose methods throw what reading a chunk throws
   */
  @Override
  public Iterator<Chunk> iterator() {
    return new Chunks(start, reader);
  }

  private static final class Chunks implements Iterator<Chunk> {
    private final Function<ChunkCursor, ChunkResult> reader;
    private ChunkCursor cursor;
    private @Nullable Chunk ahead;

    Chunks(ChunkCursor start, Function<ChunkCursor, ChunkResult> reader) {
      this.cursor = start;
      this.reader = reader;
    }

    @Override
    public boolean hasNext() {
      while (ahead == null && !cursor.isEnd()) {
        ChunkResult result = reader.apply(cursor);
        ahead = result.chunk().orElse(null);
        cursor = result.next();
      }
      return ahead != null;
    }

    @Override
    public Chunk next() {
      Chunk chunk = hasNext() ? ahead : null;
      if (chunk == null) {
        throw new NoSuchElementException("the window was read to its end");
      }
      ahead = null;
      return chunk;
    }
  }
}
