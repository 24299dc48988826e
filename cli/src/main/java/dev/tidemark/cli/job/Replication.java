package dev.tidemark.cli.job;

import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.core.ChunkSource;
import dev.tidemark.core.Document;

/**
 * Brings a document up to another one, chunk by chunk, each chunk stored together with the place
 * where the next one starts. What was counted stays readable when it fails.
 */
public final class Replication extends AppendTally {
  private final Document source;
  private final Document target;
  private final String peer;

  private boolean isResumed;
  private long chunks;

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
   * Reads and applies what the source has and the target did not read yet.
   *
   * @param chunkSize the largest chunk; a window that is under way keeps its own
   * @param progress told of the versions that were read
   */
  public void pull(int chunkSize, Progress progress) {
    ChunkRequest request = ChunkRequest.after(0).withChunkSize(chunkSize);
    isResumed = target.progress(peer).isPresent();
    timed(
        () ->
            target
                .puller(peer, ChunkSource.of(source::readChunk), request)
                .pull(result -> count(result, progress)));
  }

  /**
   * Reads and applies everything after a version, whatever was read before.
   *
   * @param version the version to start after
   * @param chunkSize the largest chunk
   * @param progress told of the versions that were read
   */
  public void repeat(long version, int chunkSize, Progress progress) {
    ChunkRequest request = ChunkRequest.after(version).withChunkSize(chunkSize);
    timed(
        () ->
            source
                .changes(request)
                .forEach(chunk -> count(target.apply(chunk.bytes(), peer), progress)));
  }

  private void count(ApplyResult result, Progress progress) {
    chunks++;
    count(result.append());
    progress.stepTo(result.header().next().completedVersion());
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
}
