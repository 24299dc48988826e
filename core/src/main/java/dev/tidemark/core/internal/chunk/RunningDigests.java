package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StagedPayload.ByteRange;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The digests of payloads whose fragments come to this process one after the other, as most do:
 * each byte is digested when its fragment is committed. Otherwise all would be read once more at
 * the end, a fifth of the time that a large payload takes (docs/performance.md).
 *
 * <p>Nothing is taken for digested but what this process wrote: a fragment counts only where the
 * staged row before it is the one that the fragment before it has left. In any other case, after a
 * restart too, the digest is forgotten here, and {@link VerifiedPayload#compute} reads the bytes.
 *
 * <p>What is digested is what came, as it was handed to the storage: a storage that keeps other
 * bytes than it was given is found by whoever verifies the document, and no longer by the receiver.
 *
 * <p>Safe for several threads.
 */
public final class RunningDigests {
  /** How many payloads are followed at a time; beyond, the one that waited longest is not. */
  static final int MOST = 64;

  private final Map<Key, Running> payloads = new LinkedHashMap<>();

  /** Follows none yet. */
  public RunningDigests() {}

  private record Key(DocumentId document, OperationId operation) {}

  /** What was digested, and when the row was touched for the last of it. */
  private record Running(MessageDigest digest, long bytes, long touchedAt) {
    boolean isOf(StagedPayload staged) {
      return staged.touchedAt() == touchedAt
          && staged.received().equals(List.of(new ByteRange(0, bytes)));
    }
  }

  /**
   * A fragment that was staged.
   *
   * @param before the row that was found; null if there was none
   * @param after the row that was put
   */
  public record Arrival(@Nullable StagedPayload before, StagedPayload after) {}

  /** Follows the commit of a fragment. */
  void arrived(DocumentId document, Arrival arrival, DecodedChunk.Content content) {
    Key key = new Key(document, content.operation().id());
    Running known = remove(key);
    long offset = content.range().offset();
    Running running = null;
    StagedPayload before = arrival.before();
    if (before == null && offset == 0) {
      running = new Running(PayloadDigest.newMessageDigest(), 0, 0);
    } else if (before != null && known != null && known.bytes() == offset && known.isOf(before)) {
      running = known;
    }
    if (running != null) {
      ByteBuffer bytes = content.bytes().duplicate();
      long end = offset + bytes.remaining();
      running.digest().update(bytes);
      put(key, new Running(running.digest(), end, arrival.after().touchedAt()));
    }
  }

  /** Takes the digest of a payload whose bytes are all there; null if it is not known here. */
  @Nullable VerifiedPayload take(DocumentId document, OperationId operation, long size) {
    Running running = remove(new Key(document, operation));
    return running == null || running.bytes() != size
        ? null
        : new VerifiedPayload(
            operation, running.touchedAt(), PayloadDigest.of(running.digest().digest()));
  }

  private synchronized @Nullable Running remove(Key key) {
    return payloads.remove(key);
  }

  private synchronized void put(Key key, Running running) {
    payloads.put(key, running);
    if (payloads.size() > MOST) {
      payloads.remove(payloads.keySet().iterator().next());
    }
  }
}
