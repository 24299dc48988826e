package dev.tidemark.conformance.kit.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.conformance.kit.report.Refusals;
import dev.tidemark.spi.ReadTransaction;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * What the backend takes of memory for large payloads: the bytes that the calling thread allocates.
 * What a library takes outside of the heap is not seen.
 */
public abstract class MemoryContract extends StorageContract {
  private static final OperationId ID = new OperationId(ReplicaId.fromHex("0a"), 1);
  private static final int PIECE = 128 * 1024;
  private static final int PIECES = 128;

  /** Some copies of a piece, and whatever is allocated with the first calls. */
  private static final long FEW_PIECES = 16L * PIECE;

  /** For subclasses. */
  protected MemoryContract() {}

  @Test
  @Rule("C5")
  void aRangeOfALargePayloadTakesMemoryOfItsSize() {
    writePieces(PIECES);
    ReadTransaction reading = now();
    reading.readPayload(ID, 0, 1);
    for (long offset : new long[] {0, PIECES / 2 * (long) PIECE, PIECES * (long) PIECE - 1_000}) {
      requireFew("to read 1,000 at " + offset, () -> reading.readPayload(ID, offset, 1_000));
    }
  }

  @Test
  @Rule("A5")
  void aPieceOfALargePayloadTakesMemoryOfItsSize() {
    writePieces(PIECES - 1);
    requireFew("to write a piece behind many", () -> writePiece(PIECES - 1));
  }

  private void writePieces(int pieces) {
    for (int piece = 0; piece < pieces; piece++) {
      writePiece(piece);
    }
  }

  private void writePiece(int piece) {
    byte[] content = new byte[PIECE];
    Arrays.fill(content, (byte) piece);
    write(transaction -> transaction.writePayload(ID, (long) piece * PIECE, content));
  }

  private static void requireFew(String what, Runnable work) {
    OptionalLong before = allocated();
    work.run();
    OptionalLong after = allocated();
    if (before.isEmpty() || after.isEmpty()) {
      Refusals.uncounted();
      return;
    }
    assertThat(after.getAsLong() - before.getAsLong())
        .as("bytes allocated %s", what)
        .isLessThan(FEW_PIECES);
  }

  /** What this thread has allocated so far, where the Java platform counts it. */
  private static OptionalLong allocated() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
            && threads.isThreadAllocatedMemorySupported()
            && threads.isThreadAllocatedMemoryEnabled()
        ? OptionalLong.of(threads.getThreadAllocatedBytes(Thread.currentThread().getId()))
        : OptionalLong.empty();
  }
}
