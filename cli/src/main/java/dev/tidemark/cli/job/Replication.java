package dev.tidemark.cli.job;

import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.core.Document;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Brings a document up to another one, chunk by chunk, each chunk stored together with the place
 * where the next one starts. What was counted stays readable when it fails.
 */
public final class Replication {
  private final Document source;
  private final Document target;
  private final String peer;

  private boolean isResumed;
  private long chunks;
  private long bytes;
  private long appended;
  private long known;
  private long late;
  private long nanos;

  /**
   * Prepares a replication.
   *
   * @param source where from; only read
   * @param target where to
   * @param peer the name under which the target keeps how far it came
   */
  public Replication(Document source, Document target, String peer) {
    this.source = source;
    this.target = target;
    this.peer = peer;
  }

  /**
   * Reads and applies everything that the source has and the target did not read yet.
   *
   * @param after the version to start after; where the last run stopped, when not given
   * @param chunkSize the largest chunk; as the last run had it, or the default, when not given
   * @param progress told of the versions that were read
   */
  public void run(OptionalLong after, OptionalInt chunkSize, Progress progress) {
    long start = System.nanoTime();
    try {
      ChunkRequest request = firstRequest(after, chunkSize);
      ChunkResult result;
      do {
        result = source.readChunk(request);
        result.chunk().ifPresent(this::apply);
        progress.stepTo(result.next().completedVersion());
        request = ChunkRequest.resume(result.next());
      } while (!result.isEnd());
    } finally {
      nanos = System.nanoTime() - start;
    }
  }

  private ChunkRequest firstRequest(OptionalLong after, OptionalInt chunkSize) {
    if (after.isPresent()) {
      return sized(ChunkRequest.after(after.getAsLong()), chunkSize);
    }
    Optional<ChunkCursor> stored = target.progress(peer).map(SyncProgress::next);
    // A source that has less than was read from it before is another one under the old name.
    if (stored.isEmpty() || stored.get().completedVersion() > source.status().version()) {
      return sized(ChunkRequest.after(0), chunkSize);
    }
    isResumed = true;
    ChunkCursor cursor = stored.get();
    boolean isOtherSize =
        chunkSize.isPresent() && chunkSize.getAsInt() != cursor.window().chunkSize();
    return cursor.isEnd() || isOtherSize
        ? sized(ChunkRequest.after(cursor.completedVersion()), chunkSize)
        : ChunkRequest.resume(cursor);
  }

  private static ChunkRequest sized(ChunkRequest request, OptionalInt chunkSize) {
    return chunkSize.isPresent() ? request.withChunkSize(chunkSize.getAsInt()) : request;
  }

  private void apply(Chunk chunk) {
    ApplyResult result = target.apply(chunk.bytes(), peer);
    chunks++;
    bytes += chunk.size();
    appended += result.append().appended();
    known += result.append().known();
    late += result.append().late();
  }

  /**
   * Tells whether it went on where an earlier run stopped.
   *
   * @return whether stored progress was used
   */
  public boolean isResumed() {
    return isResumed;
  }

  /**
   * Returns how many chunks were applied.
   *
   * @return the number
   */
  public long chunks() {
    return chunks;
  }

  /**
   * Returns how many bytes these chunks had.
   *
   * @return the sum of their encoded sizes
   */
  public long bytes() {
    return bytes;
  }

  /**
   * Returns how many operations were new to the target.
   *
   * @return the number
   */
  public long appended() {
    return appended;
  }

  /**
   * Returns how many operations the target had before.
   *
   * @return the number
   */
  public long known() {
    return known;
  }

  /**
   * Returns how many of the new operations came late.
   *
   * @return the number
   */
  public long late() {
    return late;
  }

  /**
   * Returns how long it took.
   *
   * @return nanoseconds
   */
  public long nanos() {
    return nanos;
  }
}
