package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.FIRST;
import static dev.tidemark.conformance.kit.Samples.NOTES;
import static dev.tidemark.conformance.kit.Samples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ChunkWindow;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.Position;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import org.junit.jupiter.api.Test;

/** How far a document has pulled, by peer. */
public abstract class ProgressContract extends StorageContract {
  /** For subclasses. */
  protected ProgressContract() {}

  @Test
  @Rule("A7")
  void progressComesBackAsItWas() {
    ChunkWindow window =
        new ChunkWindow(NOTES, 3, 99L, OperationFilter.all(), ChunkSize.MIN, 1L << 40);
    ChunkCursor insidePayload =
        new ChunkCursor(
            window,
            ChunkCursor.Stage.SENDING,
            new Position(7, 2),
            1L << 41,
            new ChunkCursor.PayloadIdentity(
                new OperationId(FIRST, 8), PayloadDigest.ofContent(new byte[0])),
            12,
            null);
    SyncProgress progress = new SyncProgress("peer", insidePayload);
    write(transaction -> transaction.putProgress(progress));

    assertThat(now().progress("peer")).contains(progress);
  }

  @Test
  @Rule("A7")
  void progressIsReplacedByItsPeer() {
    write(transaction -> transaction.putProgress(progress("peer", 1)));
    write(transaction -> transaction.putProgress(progress("peer", 2)));

    assertThat(now().progress("peer")).contains(progress("peer", 2));
  }

  @Test
  @Rule({"A7", "B4", "B8"})
  void peersAndDocumentsAreApart() {
    String longest = "ü".repeat(127) + "x";
    write(transaction -> transaction.putProgress(progress("peer", 1)));
    write(transaction -> transaction.putProgress(progress("Peer", 2)));
    write(transaction -> transaction.putProgress(progress("peer ", 3)));
    write(transaction -> transaction.putProgress(progress(longest, 4)));

    assertThat(now().progress("peer")).contains(progress("peer", 1));
    assertThat(now().progress("Peer")).contains(progress("Peer", 2));
    assertThat(now().progress("peer ")).contains(progress("peer ", 3));
    assertThat(now().progress(longest)).contains(progress(longest, 4));
    assertThat(now().progress("PEER")).isEmpty();
    assertThat(now(OTHER).progress("peer")).isEmpty();
  }

  private static SyncProgress progress(String peer, long after) {
    return new SyncProgress(peer, ChunkRequest.after(after).cursorOf(NOTES));
  }
}
