package dev.tidemark.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.WriteTransaction;
import dev.tidemark.sqlite.SqliteBackendProvider;
import dev.tidemark.sqlite.internal.ScanTurns.Turn;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many scan the log at a time, while somebody writes and otherwise. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class ScanTurnsTest {
  private static final DocumentId NOTES = DocumentId.of("notes");
  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(1);

  @TempDir Path directory;

  @Test
  void withoutAWriterNobodyWaits() {
    ScanTurns turns = new ScanTurns(1, 0, FOR_EVER);
    turns.take();
    turns.take();
    turns.writing();
    turns.written();
    turns.take();
    assertThat(turns.scanning()).isEqualTo(1);
  }

  @Test
  void besideAWriterTheNextWaitsForTheEndOfAScan() throws Exception {
    ScanTurns turns = new ScanTurns(1, 0, FOR_EVER);
    turns.writing();
    Turn first = turns.take();
    Waiting second = Waiting.on(turns);
    first.end();
    second.await();
    assertThat(turns.scanning()).isEqualTo(1);
  }

  @Test
  void theEndOfWritingLetsAllGoOn() throws Exception {
    ScanTurns turns = new ScanTurns(1, 0, FOR_EVER);
    turns.writing();
    turns.take();
    Waiting second = Waiting.on(turns);
    Waiting third = Waiting.on(turns);
    turns.written();
    second.await();
    third.await();
  }

  @Test
  void aWriterThatPausesIsStillAbout() throws Exception {
    ScanTurns turns = new ScanTurns(1, FOR_EVER, FOR_EVER);
    assertThat(turns.isWriterAbout()).isFalse();
    turns.writing();
    turns.written();
    Turn first = turns.take();
    Waiting second = Waiting.on(turns);
    first.end();
    second.await();
  }

  @Test
  void nobodyWaitsBeyondItsPatience() {
    ScanTurns turns = new ScanTurns(1, 0, 1);
    turns.writing();
    turns.take();
    turns.take();
    assertThat(turns.scanning()).isEqualTo(1);
  }

  @Test
  void whoIsInterruptedGoesOnAndStaysInterrupted() {
    ScanTurns turns = new ScanTurns(1, 0, FOR_EVER);
    turns.writing();
    turns.take();
    Thread.currentThread().interrupt();
    turns.take();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aLongScanGivesItsTurnAway() throws Exception {
    ScanTurns turns = new ScanTurns(1, 0, FOR_EVER);
    turns.writing();
    Turn first = turns.take();
    Waiting second = Waiting.on(turns);
    for (int row = 0; row < ScanTurns.ROWS; row++) {
      first.row();
    }
    second.await();
    first.end();
    assertThat(turns.scanning()).as("given back once").isEqualTo(1);
  }

  @Test
  void transactionsTellWhenTheyWriteAndTakeTheirTurns() {
    StoreLocation location = StoreLocation.parse("sqlite:" + directory.resolve("store.db"));
    try (SqliteBackend store =
        (SqliteBackend)
            new SqliteBackendProvider().open(new OpenRequest(location, OpenMode.CREATE))) {
      ScanTurns turns = store.scans();
      assertThat(turns.isWriterAbout()).isFalse();
      try (WriteTransaction writer = store.beginWrite(NOTES)) {
        append(writer);
        assertThat(turns.isWriterAbout()).isTrue();
        assertThat(scanningWithin(turns, writer)).as("a writer has no turn").isZero();
        writer.commit();
        assertThat(turns.isWriting()).as("after the commit").isFalse();
      }
      WriteTransaction given = store.beginWrite(NOTES);
      assertThat(turns.isWriting()).isTrue();
      given.close();
      assertThat(turns.isWriting()).as("after the rollback").isFalse();
      try (ReadTransaction reader = store.beginRead(NOTES)) {
        assertThat(scanningWithin(turns, reader)).isEqualTo(1);
        assertThat(scanningWithin(turns, reader)).as("again").isEqualTo(1);
        assertThatThrownBy(
                () ->
                    reader.scanLog(
                        Position.START,
                        1,
                        logged -> {
                          throw new IllegalStateException("in a scan");
                        }))
            .isInstanceOf(IllegalStateException.class);
      }
      assertThat(turns.scanning()).as("after all scans").isZero();
      ReadTransaction closed = store.beginRead(NOTES);
      closed.close();
      assertThatThrownBy(() -> scanningWithin(turns, closed)).isInstanceOf(TidemarkException.class);
      assertThat(turns.scanning()).isZero();
    }
  }

  private static int scanningWithin(ScanTurns turns, ReadTransaction transaction) {
    int[] scanning = {-1};
    transaction.scanLog(
        Position.START,
        1,
        logged -> {
          scanning[0] = turns.scanning();
          return true;
        });
    return scanning[0];
  }

  private static void append(WriteTransaction writer) {
    Position position = new Position(1, 0);
    Operation operation =
        new Operation.SetPayload(
            new OperationId(ReplicaId.of(new byte[] {7}), 1),
            1,
            new NodeId(0, 1),
            Payload.of("content"));
    writer.appendLog(List.of(new LoggedOperation(position, operation)));
    writer.putState(new DocumentState(1, 1, operation.key(), null, position, 0, null));
  }

  /** A thread that waits for its turn. */
  private record Waiting(CompletableFuture<Turn> turn) {
    /** Returns once it waits. */
    static Waiting on(ScanTurns turns) throws InterruptedException {
      CompletableFuture<Turn> turn = new CompletableFuture<>();
      Thread thread = new Thread(() -> turn.complete(turns.take()), "waiting");
      thread.setDaemon(true);
      thread.start();
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        assertThat(turn).as("a turn that must not be there yet").isNotDone();
        Thread.onSpinWait();
      }
      return new Waiting(turn);
    }

    void await() throws Exception {
      turn.get(30, TimeUnit.SECONDS);
    }
  }
}
