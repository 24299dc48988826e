package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.NOTES;
import static dev.tidemark.conformance.kit.Samples.key;
import static dev.tidemark.conformance.kit.Samples.logged;
import static dev.tidemark.conformance.kit.Samples.node;
import static dev.tidemark.conformance.kit.Samples.orderKey;
import static dev.tidemark.conformance.kit.Samples.placed;
import static dev.tidemark.conformance.kit.storage.Failures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Position;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Atomic commits, rollback and snapshots. Writers that meet are in {@link WriterContract}. */
public abstract class TransactionContract extends StorageContract {
  /** What a writer adds between, over and behind rows that are committed. */
  private static final List<Long> OWN = List.of(1L, 3L, 4L, 6L, 7L, 9L);

  /** For subclasses. */
  protected TransactionContract() {}

  @Test
  @Rule("B1")
  void theWriterSeesItsOwnWrites() {
    write(
        transaction -> {
          writeSomething(transaction, 1);
          assertSomething(transaction, 1);
        });
  }

  /** Some engines merge committed rows and own ones wrongly where they are read backwards. */
  @Test
  @Rule("B1")
  void theWriterReadsBackwardsOverItsOwnWrites() {
    write(
        transaction -> {
          transaction.putStructural(
              LongStream.of(2, 4, 6, 8).mapToObj(n -> move(n, true)).toList());
          transaction.putNodes(LongStream.of(2, 4, 6, 8).mapToObj(n -> child(n)).toList());
        });
    for (int chosen = 1; chosen < 1 << OWN.size(); chosen++) {
      try (WriteTransaction transaction = store().beginWrite(NOTES)) {
        TreeMap<Long, StructuralRow> moves = new TreeMap<>();
        TreeMap<Long, NodeRow> children = new TreeMap<>();
        for (long n = 2; n <= 8; n += 2) {
          moves.put(n, move(n, true));
          children.put(n, child(n));
        }
        for (int i = 0; i < OWN.size(); i++) {
          long n = OWN.get(i);
          if ((chosen >> i & 1) != 0) {
            // One at a time: that the rows of one call are sorted is no help then.
            transaction.putStructural(List.of(move(n, n % 3 != 0)));
            transaction.putNodes(List.of(child(n)));
            moves.put(n, move(n, n % 3 != 0));
            children.put(n, child(n));
          }
        }
        for (long bound = 1; bound <= 10; bound++) {
          HistoryRange range = HistoryRange.before(node(1), key(bound));
          assertThat(transaction.lastEffective(List.of(range)).get(range))
              .as("own rows %s, before %s", Integer.toBinaryString(chosen), bound)
              .isEqualTo(lastEffective(moves.headMap(bound, false).descendingMap().values()));
          assertThat(transaction.childrenBackwards(node(1), siblingKey(bound), 9))
              .as("own rows %s, before %s", Integer.toBinaryString(chosen), bound)
              .isEqualTo(List.copyOf(children.headMap(bound, false).descendingMap().values()));
        }
      }
    }
  }

  private static @Nullable StructuralRow lastEffective(Iterable<StructuralRow> backwards) {
    for (StructuralRow row : backwards) {
      if (row.isEffective()) {
        return row;
      }
    }
    return null;
  }

  private static StructuralRow move(long n, boolean isEffective) {
    return StructuralSamples.entry(node(1), key(n), isEffective, true);
  }

  private static NodeRow child(long n) {
    return placed(node(10 + n), node(1), orderKey((int) n));
  }

  private static SiblingKey siblingKey(long n) {
    return new SiblingKey(orderKey((int) n), node(10 + n));
  }

  @Test
  @Rule("B1")
  void allThatWasCommittedIsThere() {
    write(transaction -> writeSomething(transaction, 1));

    try (ReadTransaction transaction = store().beginRead(NOTES)) {
      assertSomething(transaction, 1);
    }
  }

  @Test
  @Rule("B1")
  void nothingOfWhatWasNotCommittedIsThere() {
    write(transaction -> writeSomething(transaction, 1));
    try (WriteTransaction transaction = store().beginWrite(NOTES)) {
      writeSomething(transaction, 2);
      transaction.removeNodes(List.of(node(1)));
    }

    try (WriteTransaction transaction = store().beginWrite(NOTES)) {
      assertSomething(transaction, 1);
    }
    try (ReadTransaction transaction = store().beginRead(NOTES)) {
      assertSomething(transaction, 1);
    }
  }

  @Test
  @Rule("B3")
  void aReaderSeesWhatWasCommittedWhenItBegan() {
    write(transaction -> writeSomething(transaction, 1));

    try (ReadTransaction early = store().beginRead(NOTES);
        WriteTransaction writer = store().beginWrite(NOTES)) {
      writeSomething(writer, 2);
      assertSomething(early, 1);
      writer.commit();
      assertSomething(early, 1);
      try (ReadTransaction late = store().beginRead(NOTES)) {
        assertSomething(late, 2);
      }
      assertSomething(early, 1);
    }
  }

  @Test
  @Rule("B3")
  void aReaderSeesTheSameWhetherItHasReadBeforeTheCommitOrNot() {
    write(transaction -> writeSomething(transaction, 1));

    try (ReadTransaction early = store().beginRead(NOTES)) {
      write(transaction -> writeSomething(transaction, 2));
      assertSomething(early, 1);
    }
  }

  @Test
  @Rule("B3")
  void aReaderThatBeganBeforeTheDocumentFindsItEmpty() {
    try (ReadTransaction early = store().beginRead(NOTES)) {
      write(transaction -> writeSomething(transaction, 1));
      assertThat(early.state()).isEqualTo(DocumentState.EMPTY);
      assertThat(early.nodesAfter(null, 9)).isEmpty();
    }
  }

  @Test
  @Rule("B9")
  void closingTwiceDoesNothing() {
    ReadTransaction reader = store().beginRead(NOTES);
    reader.close();
    reader.close();
    WriteTransaction writer = store().beginWrite(NOTES);
    writeSomething(writer, 1);
    writer.commit();
    writer.close();
    writer.close();

    try (WriteTransaction next = store().beginWrite(NOTES)) {
      assertSomething(next, 1);
    }
  }

  @Test
  @Rule("B9")
  void useAfterTheEndIsRefused() {
    ReadTransaction reader = store().beginRead(NOTES);
    reader.close();
    assertRefused(ErrorCode.CLOSED, "state() after close", reader::state);
    assertRefused(ErrorCode.CLOSED, "nodes(ids) after close", () -> reader.nodes(List.of(node(1))));

    WriteTransaction committed = store().beginWrite(NOTES);
    committed.commit();
    assertRefused(
        ErrorCode.CLOSED,
        "putState(state) after commit",
        () -> committed.putState(DocumentState.EMPTY));
    assertRefused(ErrorCode.CLOSED, "commit() after commit", committed::commit);
    committed.close();

    WriteTransaction rolledBack = store().beginWrite(NOTES);
    rolledBack.close();
    assertRefused(ErrorCode.CLOSED, "commit() after close", rolledBack::commit);
  }

  @Test
  @Rule("B9")
  void aTransactionKnowsItsDocument() {
    try (ReadTransaction reader = store().beginRead(NOTES);
        WriteTransaction writer = store().beginWrite(NOTES)) {
      assertThat(reader.document()).isEqualTo(NOTES);
      assertThat(writer.document()).isEqualTo(NOTES);
    }
  }

  private static void writeSomething(WriteTransaction transaction, int version) {
    transaction.appendLog(List.of(logged(version, 0, version)));
    transaction.putNodes(List.of(placed(node(1), NodeId.ROOT, orderKey(version))));
    transaction.putStructural(List.of(StructuralSamples.entry(node(1), version, true)));
    transaction.writePayload(key(version).id(), 0, new byte[] {(byte) version});
    transaction.putState(state(version));
  }

  private static void assertSomething(ReadTransaction transaction, int version) {
    int[] operations = {0};
    transaction.scanLog(
        Position.START,
        Long.MAX_VALUE,
        row -> {
          operations[0]++;
          return true;
        });
    assertThat(operations[0]).isEqualTo(version);
    assertThat(transaction.state()).isEqualTo(state(version));
    assertThat(transaction.children(NodeId.ROOT, null, 9))
        .containsExactly(placed(node(1), NodeId.ROOT, orderKey(version)));
    assertThat(transaction.innerOperations(key(1), key(9), 9)).hasSize(version);
    assertThat(transaction.lastCounters(List.of(key(1).replica())))
        .isEqualTo(Map.of(key(1).replica(), (long) version));
    assertThat(transaction.readPayload(key(version).id(), 0, 1)).containsExactly(version);
    assertRefused(
        ErrorCode.PAYLOAD_MISSING,
        "readPayload of an operation without stored bytes",
        () -> transaction.readPayload(key(version + 1L).id(), 0, 1));
  }

  private static DocumentState state(int version) {
    return new DocumentState(
        version, version, key(version), null, new Position(version, 0), 0, null);
  }
}
