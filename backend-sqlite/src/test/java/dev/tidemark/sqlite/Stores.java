package dev.tidemark.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.WriteTransaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Short ways to make stores and to look into them. */
final class Stores {
  static final DocumentId NOTES = DocumentId.of("notes");
  private static final ReplicaId REPLICA = ReplicaId.of(new byte[] {7});

  private Stores() {}

  static Backend open(Path file, OpenMode mode) {
    return open("sqlite:" + file, mode);
  }

  static Backend open(String uri, OpenMode mode) {
    return new SqliteBackendProvider().open(new OpenRequest(StoreLocation.parse(uri), mode));
  }

  /** Makes a store with so many versions, and closes it. */
  static void create(Path file, int versions) {
    try (Backend store = open(file, OpenMode.CREATE)) {
      commit(store, versions);
    }
  }

  static void commit(Backend store, int versions) {
    for (int i = 0; i < versions; i++) {
      commit(store, Payload.of("content"));
    }
  }

  static void commit(Backend store, Payload payload) {
    try (WriteTransaction transaction = store.beginWrite(NOTES)) {
      append(transaction, payload);
      transaction.commit();
    }
  }

  static void append(WriteTransaction transaction, Payload payload) {
    long version = transaction.state().version() + 1;
    Operation operation =
        new Operation.SetPayload(
            new OperationId(REPLICA, version), version, new NodeId(0, version), payload);
    transaction.appendLog(List.of(new LoggedOperation(new Position(version, 0), operation)));
    transaction.putState(
        new DocumentState(
            version, version, operation.key(), null, new Position(version, 0), 0, null));
  }

  /** Returns how many versions a new reader finds, having compared state and log. */
  static long versions(Backend store) {
    try (ReadTransaction transaction = store.beginRead(NOTES)) {
      return versions(transaction);
    }
  }

  static long versions(ReadTransaction transaction) {
    long[] operations = {0};
    transaction.scanLog(
        Position.START,
        Long.MAX_VALUE,
        row -> {
          operations[0]++;
          return true;
        });
    assertThat(transaction.state().version()).isEqualTo(operations[0]);
    return operations[0];
  }

  /** Executes statements on the file, beside Tidemark. */
  static void execute(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * Asserts how a call fails, and that the user reads one line that names the file and a remedy.
   */
  static TidemarkException assertRefused(ErrorCode code, ThrowingCallable call) {
    TidemarkException failure = catchThrowableOfType(TidemarkException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.code()).as("%s", failure.getMessage()).isEqualTo(code);
    assertThat(failure.getMessage()).doesNotContain("\n").doesNotContain("[SQLITE_");
    assertThat(failure.detail(Detail.REMEDY)).as("%s", failure.getMessage()).isPresent();
    return failure;
  }
}
