package dev.tidemark.postgres.testing.workload;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.ChunkInspection;
import dev.tidemark.core.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads window after window of a log that grows: one from where the last one ended, and one from
 * the start each time the log has doubled. For one thread.
 */
public final class WindowReader {
  private final Document document;
  private final List<LoggedOperation> followed = new ArrayList<>();
  private long completed;
  private long nextWhole = 1;
  private int windows;
  private int chunks;
  private int failures;

  /**
   * Makes a reader that has read nothing.
   *
   * @param document what to read
   */
  public WindowReader(Document document) {
    this.document = document;
  }

  /**
   * Reads what was committed since the last call, to the watermark of that moment.
   *
   * @throws IllegalStateException if an operation is missing or stands twice
   */
  public void read() {
    List<LoggedOperation> window = new ArrayList<>();
    completed = drain(completed, window);
    followed.addAll(window);
    if (completed >= nextWhole) {
      List<LoggedOperation> whole = new ArrayList<>();
      drain(0, whole);
      LogAudit.of(whole);
      if (!whole.subList(0, followed.size()).equals(followed)) {
        throw new IllegalStateException("the same versions were another log before");
      }
      nextWhole = 2 * completed;
    }
  }

  private long drain(long after, List<LoggedOperation> into) {
    ChunkRequest request = ChunkRequest.after(after).withChunkSize(ChunkSize.MIN);
    while (true) {
      ChunkResult result = next(request);
      if (result.chunk().isPresent()) {
        Chunk chunk = result.chunk().get();
        into.addAll(ChunkInspection.of(chunk.bytes()).operations());
        chunks++;
        if (chunk.header().isFinal()) {
          windows++;
          return chunk.header().watermark();
        }
      } else if (result.isEnd()) {
        return after;
      }
      request = ChunkRequest.resume(result.next());
    }
  }

  /** Reading changes nothing, so it is simply done again. */
  private ChunkResult next(ChunkRequest request) {
    while (true) {
      try {
        return document.readChunk(request);
      } catch (TidemarkException e) {
        if (!e.isRetryable()) {
          throw e;
        }
        failures++;
      }
    }
  }

  /**
   * Returns all that was read by following.
   *
   * @return the operations, in their order
   */
  public List<LoggedOperation> followed() {
    return followed;
  }

  @Override
  public String toString() {
    return windows + " windows, " + chunks + " chunks, " + failures + " calls failed";
  }
}
