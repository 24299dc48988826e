package dev.tidemark.sqlite;

import static dev.tidemark.sqlite.Stores.NOTES;
import static dev.tidemark.sqlite.Stores.assertRefused;
import static dev.tidemark.sqlite.Stores.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files, full media, and transactions in which a call has failed. */
final class DamageTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("store.db");
  }

  @Test
  void overwrittenPagesAreReported() throws IOException {
    Stores.create(file, 500);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      for (long page = 10; page * 4096 < raw.length(); page++) {
        raw.seek(page * 4096);
        raw.write(new byte[4096]);
      }
    }
    try (Backend store = open(file, OpenMode.READ)) {
      assertRefused(ErrorCode.STORE_CORRUPT, () -> Stores.versions(store));
    }
  }

  @Test
  void aFileThatWasCutOffIsReported() throws IOException {
    Stores.create(file, 500);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(raw.length() / 2 / 4096 * 4096);
    }
    assertRefused(
        ErrorCode.STORE_CORRUPT,
        () -> {
          try (Backend store = open(file, OpenMode.READ)) {
            Stores.versions(store);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE operation SET kind=99",
        "UPDATE operation SET node=x'00'",
        "UPDATE operation SET counter=0",
        "UPDATE operation SET body=NULL",
        "UPDATE operation SET version=2",
        "UPDATE run SET version=0",
        "DELETE FROM replica",
        "UPDATE document SET head=x'01'",
        "DROP TABLE operation"
      })
  void rowsThatMakeNoSenseAreReported(String damage) throws Exception {
    Stores.create(file, 1);
    Stores.execute(file, damage);
    try (Backend store = open(file, OpenMode.WRITE)) {
      TidemarkException failure =
          assertRefused(
              damage.startsWith("DROP") ? ErrorCode.STORAGE_FAILED : ErrorCode.STORE_CORRUPT,
              () -> Stores.versions(store));
      assertThat(failure).hasCauseInstanceOf(java.sql.SQLException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM run",
        "UPDATE run SET number=9",
        "UPDATE parent_operation SET operation=9",
        "UPDATE parent_operation SET parent=9",
        "DELETE FROM parent"
      })
  void numbersWithoutAnOperationAreReported(String damage) throws Exception {
    OperationId id = new OperationId(ReplicaId.of(new byte[] {7}), 1);
    try (Backend store = open(file, OpenMode.CREATE);
        WriteTransaction transaction = store.beginWrite(NOTES)) {
      Stores.append(transaction, Payload.of("content"));
      transaction.putParentRows(List.of(new ParentRow(NodeId.ROOT, new Position(1, 0))));
      assertThat(transaction.positions(List.of(id))).containsValue(new Position(1, 0));
      transaction.commit();
    }
    Stores.execute(file, damage);
    try (Backend store = open(file, OpenMode.WRITE);
        WriteTransaction transaction = store.beginWrite(NOTES)) {
      assertRefused(ErrorCode.STORE_CORRUPT, () -> transaction.parentRowsAfter(null, 9));
      if (damage.contains(" run")) {
        assertRefused(ErrorCode.STORE_CORRUPT, () -> transaction.positions(List.of(id)));
        assertRefused(ErrorCode.STORE_CORRUPT, () -> transaction.operations(List.of(id)));
      }
      assertThat(transaction.removeTree(9)).isEqualTo(1);
    }
  }

  @Test
  void operationsAreLoggedBehindThoseThatAreThere() {
    Stores.create(file, 3);
    try (Backend store = open(file, OpenMode.WRITE);
        WriteTransaction transaction = store.beginWrite(NOTES)) {
      transaction.putState(DocumentState.EMPTY);
      TidemarkException failure =
          assertRefused(
              ErrorCode.STORE_CORRUPT, () -> Stores.append(transaction, Payload.of("again")));
      assertThat(failure).hasMessageContaining("1.0");
    }
  }

  @Test
  void numbersOfLostOperationsAreNotGivenAgain() throws Exception {
    Stores.create(file, 3);
    Stores.execute(file, "DELETE FROM operation WHERE number = 3");
    try (Backend store = open(file, OpenMode.WRITE)) {
      assertRefused(ErrorCode.STORE_CORRUPT, () -> Stores.commit(store, Payload.of("next")));
    }
  }

  @Test
  void aFullMediumFailsTheTransactionAndNothingElse() throws IOException {
    Stores.create(file, 3);
    try (Backend store = open("sqlite:" + file + "?max_size=400000", OpenMode.WRITE)) {
      TidemarkException failure =
          assertRefused(
              ErrorCode.STORAGE_FULL,
              () -> {
                for (int i = 0; i < 100; i++) {
                  Stores.commit(store, Payload.of(new byte[16_000]));
                }
              });
      assertThat(failure.detail(Detail.VENDOR_CODE)).contains("SQLITE_FULL");
      assertThat(failure.isRetryable()).isFalse();
      assertThat(Stores.versions(store)).isBetween(10L, 50L);
    }
    assertThat(Files.size(file)).isLessThanOrEqualTo(400_000);
    try (Backend store = open(file, OpenMode.WRITE)) {
      Stores.commit(store, Payload.of(new byte[16_000]));
    }
  }

  @Test
  void whatComesAfterAFailedCallIsNotCommitted() {
    Stores.create(file, 1);
    try (Backend store = open(file, OpenMode.WRITE)) {
      try (WriteTransaction transaction = store.beginWrite(NOTES)) {
        transaction.putNodes(List.of(NodeRow.untouched(new NodeId(0, 9))));
        Stores.append(transaction, Payload.of("second"));
        transaction.putState(DocumentState.EMPTY);
        // The same id again.
        assertRefused(
            ErrorCode.STORE_CORRUPT, () -> Stores.append(transaction, Payload.of("first")));
        assertRefused(ErrorCode.STORE_CORRUPT, transaction::commit);
      }
      assertThat(Stores.versions(store)).isEqualTo(1);
      try (ReadTransaction transaction = store.beginRead(NOTES)) {
        assertThat(transaction.nodesAfter(null, 9)).isEmpty();
      }
      Stores.commit(store, 1);
      assertThat(Stores.versions(store)).isEqualTo(2);
    }
  }
}
