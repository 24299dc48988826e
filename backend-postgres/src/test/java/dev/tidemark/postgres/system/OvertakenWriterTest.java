package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Tidemark;
import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.postgres.testing.workload.CountingWriter;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two writers of one document where the lock of its row holds nobody up, as on an engine that loses
 * it or does not know it: the second one fails and changes nothing.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class OvertakenWriterTest {
  private static final DocumentId NOTES = DocumentId.of("notes");

  private final String schema = TestPostgres.newSchema();
  private final WrappedSource source =
      new WrappedSource(TestPostgres.address(), true, true, sql -> sql.replace(" FOR UPDATE", ""));
  private final Backend one = open();
  private final Backend other = open();

  private Backend open() {
    return PostgresBackendProvider.of(source)
        .open(
            new OpenRequest(StoreLocation.parse("postgresql:?schema=" + schema), OpenMode.CREATE));
  }

  @BeforeEach
  void write() {
    try (Tidemark store = Tidemark.open(TestPostgres.address().store(schema))) {
      new CountingWriter(store.document(NOTES), 0, 10).append(1);
    }
  }

  @AfterEach
  void close() throws Exception {
    one.close();
    other.close();
    source.close();
  }

  private static Operation insert(long counter) {
    return new Operation.Insert(
        new OperationId(ReplicaId.fromHex("0b"), counter),
        100,
        new NodeId(7, counter),
        NodeId.ROOT,
        OrderKey.of(new byte[] {1}),
        null);
  }

  private static DocumentState pending(DocumentState state, long pending) {
    return new DocumentState(
        state.version(),
        state.operations(),
        state.head(),
        state.innerHead(),
        state.materialized(),
        pending,
        state.frontier());
  }

  private DocumentState state() {
    try (var reading = one.beginRead(NOTES)) {
      return reading.state();
    }
  }

  @Test
  @Rule("B2")
  void ofTwoThatLeaveTheVersionAloneOneFails() {
    try (WriteTransaction first = one.beginWrite(NOTES);
        WriteTransaction second = other.beginWrite(NOTES)) {
      first.putState(pending(first.state(), 3));
      second.putState(pending(second.state(), 5));
      first.commit();
      Failures.assertFails(ErrorCode.TRANSACTION_CONFLICT, second::commit);
    }
    assertThat(state().pending()).isEqualTo(3);
  }

  @Test
  @Rule("B2")
  void anAppendDoesNotUndoACatchUp() {
    try (WriteTransaction catchUp = one.beginWrite(NOTES);
        WriteTransaction append = other.beginWrite(NOTES)) {
      DocumentState read = append.state();
      append.appendLog(
          List.of(new LoggedOperation(new Position(read.version() + 1, 0), insert(1))));
      catchUp.putState(pending(catchUp.state(), 3));
      catchUp.commit();
      append.putState(
          new DocumentState(
              read.version() + 1,
              read.operations() + 1,
              read.head(),
              read.innerHead(),
              read.materialized(),
              read.pending(),
              read.frontier()));
      Failures.assertFails(ErrorCode.TRANSACTION_CONFLICT, append::commit);
    }
    assertThat(state().pending()).isEqualTo(3);
  }

  /** The rows of the other one are in the way before the state is. */
  @Test
  @Rule("B2")
  void whoMeetsTheRowsOfAnotherTriesAgain() {
    try (WriteTransaction first = one.beginWrite(NOTES);
        WriteTransaction second = other.beginWrite(NOTES)) {
      Position next = new Position(first.state().version() + 1, 0);
      first.appendLog(List.of(new LoggedOperation(next, insert(1))));
      first.putState(pending(first.state(), 1));
      first.commit();
      Failures.assertFails(
          ErrorCode.TRANSACTION_CONFLICT,
          () -> second.appendLog(List.of(new LoggedOperation(next, insert(2)))));
    }
  }

  /** Nobody came between: the store is damaged, and trying again would never end. */
  @Test
  void aDocumentBehindItsLogIsDamage() throws Exception {
    TestPostgres.address().execute("UPDATE \"" + schema + "\".document SET version = 0");
    try (WriteTransaction transaction = one.beginWrite(NOTES)) {
      Failures.assertFails(
          ErrorCode.STORE_CORRUPT,
          () -> transaction.appendLog(List.of(new LoggedOperation(new Position(1, 0), insert(1)))));
    }
  }

  @Test
  void twoNamesOfOneNumberAreNotMixedUp() throws Exception {
    TestPostgres.address().execute("UPDATE \"" + schema + "\".document SET name = 'other'");
    assertThat(Failures.assertFails(ErrorCode.INVALID_ARGUMENT, () -> one.beginRead(NOTES)))
        .hasMessageContaining("other");
    Failures.assertFails(ErrorCode.INVALID_ARGUMENT, () -> one.beginWrite(NOTES));
  }
}
