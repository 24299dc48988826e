package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.FIRST;
import static dev.tidemark.conformance.kit.Samples.LAST;
import static dev.tidemark.conformance.kit.Samples.MIDDLE;
import static dev.tidemark.conformance.kit.Samples.NOTES;
import static dev.tidemark.conformance.kit.Samples.OTHER;
import static dev.tidemark.conformance.kit.Samples.content;
import static dev.tidemark.conformance.kit.storage.Failures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.OperationId;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Large payloads, by operation and byte offset. */
public abstract class PayloadContract extends StorageContract {
  private static final int PIECE = 128 * 1024;
  private static final OperationId ID = new OperationId(MIDDLE, 5);

  /** For subclasses. */
  protected PayloadContract() {}

  @Test
  @Rule("C5")
  void everyRangeIsReadWhereverThePiecesMeet() {
    byte[] content = content(2 * PIECE + 1_000);
    writePieces(ID, content, PIECE);

    int[] offsets = {0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE - 1, 2 * PIECE, 2 * PIECE + 999};
    for (int from : offsets) {
      for (int last : offsets) {
        if (from <= last) {
          assertThat(range(NOTES, ID, from, last + 1 - from))
              .as("bytes %s to %s", from, last)
              .isEqualTo(Arrays.copyOfRange(content, from, last + 1));
        }
      }
    }
  }

  @Test
  @Rule("A4")
  void piecesMayComeInAnyOrderAndSize() {
    byte[] content = content(1_000);
    writePiece(ID, content, 600, 1_000);
    writePiece(ID, content, 0, 1);
    writePiece(ID, content, 1, 600);

    assertThat(range(NOTES, ID, 0, 1_000)).isEqualTo(content);
  }

  @Test
  @Rule("B4")
  void theLargestPieceAndTheFarthestOffsetAreKept() {
    byte[] content = content(256 * 1024);
    long far = Long.MAX_VALUE - content.length;
    write(transaction -> transaction.writePayload(ID, far, content));

    assertThat(range(NOTES, ID, far, content.length)).isEqualTo(content);
    assertThat(range(NOTES, ID, far + 7, 10)).isEqualTo(Arrays.copyOfRange(content, 7, 17));
  }

  @Test
  @Rule("A6")
  void bytesThatAreNotThereAreReported() {
    byte[] content = content(300);
    writePiece(ID, content, 0, 100);
    writePiece(ID, content, 200, 300);

    assertMissing(ID, 99, 2);
    assertMissing(ID, 150, 1);
    assertMissing(ID, 0, 300);
    assertMissing(ID, 250, 51);
    assertMissing(ID, 300, 1);
    assertMissing(new OperationId(MIDDLE, 6), 0, 1);
  }

  @Test
  @Rule({"B4", "B8"})
  void payloadsOfOtherOperationsAndDocumentsAreApart() {
    List<OperationId> ids =
        List.of(
            new OperationId(FIRST, 5),
            new OperationId(MIDDLE, 4),
            new OperationId(MIDDLE, 5),
            new OperationId(LAST, 5));
    for (OperationId id : ids) {
      byte[] own = {(byte) ids.indexOf(id)};
      write(transaction -> transaction.writePayload(id, 0, own));
    }
    write(OTHER, transaction -> transaction.writePayload(ID, 0, new byte[] {77}));

    for (OperationId id : ids) {
      assertThat(range(NOTES, id, 0, 1)).containsExactly(ids.indexOf(id));
      assertMissing(id, 0, 2);
    }
    assertThat(range(OTHER, ID, 0, 1)).containsExactly(77);
  }

  @Test
  @Rule("A8")
  void piecesAreRemovedInBoundedSteps() {
    OperationId kept = new OperationId(MIDDLE, 6);
    writePieces(ID, content(50), 10);
    writePieces(kept, content(20), 10);
    List<Integer> steps = new ArrayList<>();
    write(
        transaction -> {
          do {
            steps.add(transaction.removePayload(ID, 2));
          } while (steps.get(steps.size() - 1) == 2);
        });

    assertThat(steps).containsExactly(2, 2, 1);
    assertMissing(ID, 0, 1);
    assertMissing(ID, 49, 1);
    assertThat(range(NOTES, kept, 0, 20)).isEqualTo(content(20));
  }

  @Test
  @Rule("B1")
  void theWriterSeesItsOwnBytesAndKeepsNoArray() {
    byte[] bytes = content(10);
    write(
        transaction -> {
          byte[] given = bytes.clone();
          transaction.writePayload(ID, 0, given);
          Arrays.fill(given, (byte) 0);
          assertThat(transaction.readPayload(ID, 0, 10)).isEqualTo(bytes);
          Arrays.fill(transaction.readPayload(ID, 0, 10), (byte) 0);
        });

    assertThat(range(NOTES, ID, 0, 10)).isEqualTo(bytes);
  }

  private void writePieces(OperationId id, byte[] content, int size) {
    for (int from = 0; from < content.length; from += size) {
      writePiece(id, content, from, Math.min(from + size, content.length));
    }
  }

  private void writePiece(OperationId id, byte[] content, int from, int to) {
    byte[] piece = Arrays.copyOfRange(content, from, to);
    write(transaction -> transaction.writePayload(id, from, piece));
  }

  private byte[] range(DocumentId document, OperationId id, long offset, int length) {
    return now(document).readPayload(id, offset, length);
  }

  private void assertMissing(OperationId id, long offset, int length) {
    assertRefused(
        ErrorCode.PAYLOAD_MISSING,
        "readPayload(%s, %s, %s), of which not all bytes are there".formatted(id, offset, length),
        () -> range(NOTES, id, offset, length));
  }
}
