package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.postgres.testing.EmbeddedPostgres;
import dev.tidemark.postgres.testing.PostgresAddress;
import dev.tidemark.postgres.testing.workload.CountingWriter;
import dev.tidemark.postgres.testing.workload.LogAudit;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot work says so in one line, and whether it may work later. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class BadInputTest {
  private final EmbeddedPostgres server = EmbeddedPostgres.start();
  private final PostgresAddress address = server.address().with("connection_timeout", "2000");

  @AfterAll
  void stopServer() {
    server.close();
  }

  private static void open(String uri) {
    Tidemark.open(uri).close();
  }

  @Test
  void aWrongPassword() {
    Failures.assertFails(
        ErrorCode.AUTHENTICATION_FAILED, () -> open(address.withUser("postgres", "secret").uri()));
    Failures.assertFails(
        ErrorCode.AUTHENTICATION_FAILED, () -> open(address.withUser("nobody", "secret").uri()));
  }

  @Test
  void aMissingDatabase() {
    Failures.assertFails(
        ErrorCode.STORE_NOT_FOUND, () -> open(address.withDatabase("absent").uri()));
  }

  @ParameterizedTest
  @EnumSource(names = {"READ", "WRITE"})
  void aMissingSchema(OpenMode mode) {
    assertThat(
            Failures.assertFails(
                ErrorCode.STORE_NOT_FOUND,
                () -> Tidemark.builder(address.store("absent")).mode(mode).open().close()))
        .hasMessageContaining("tidemark schema --store");
  }

  /** The command that is told can be given to a shell as it is. */
  @Test
  void aMissingSchemaWithANameThatShellsAndUrisTakeApart() {
    assertThat(
            Failures.assertFails(
                ErrorCode.STORE_NOT_FOUND,
                () ->
                    Tidemark.builder(address.store("it's a&b")).mode(OpenMode.READ).open().close()))
        .hasMessageContaining("?schema=it%27s%20a%26b'");
  }

  @Test
  void aSchemaOfAnotherVersion() throws SQLException {
    String uri = address.store("newer");
    open(uri);
    address.execute("UPDATE newer.schema_version SET version = 99");
    Failures.assertFails(ErrorCode.SCHEMA_TOO_NEW, () -> open(uri));
  }

  @Test
  void tablesOfSomebodyElse() throws SQLException {
    address.execute("CREATE SCHEMA taken", "CREATE TABLE taken.document (title text)");
    Failures.assertFails(ErrorCode.NOT_A_STORE, () -> open(address.store("taken")));
  }

  @Test
  void nobodyListensThere() throws Exception {
    int port;
    try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Failures.assertFails(ErrorCode.STORE_UNREACHABLE, () -> open(address.withPort(port).uri()));
  }

  @Test
  void anUnknownHost() {
    String uri = "postgresql://host.invalid/database?user=somebody&connection_timeout=2000";
    Failures.assertFails(ErrorCode.STORE_UNREACHABLE, () -> open(uri));
  }

  @Test
  void aParameterThatNobodyKnows() {
    Failures.assertFails(
        ErrorCode.INVALID_STORE_URI, () -> open(address.with("shema", "tidemark").uri()));
  }

  @Test
  void aServerThatIsAwayAndComesBack() {
    try (EmbeddedPostgres own = EmbeddedPostgres.start();
        Tidemark store = Tidemark.open(own.address().with("connection_timeout", "300").uri())) {
      Document document = store.document("notes");
      CountingWriter writer = new CountingWriter(document, 0, 100);
      writer.append(1);

      own.stop();
      assertThatThrownBy(() -> writer.append(1))
          .isInstanceOfSatisfying(
              TidemarkException.class,
              failure -> {
                assertThat(failure.code())
                    .isIn(ErrorCode.STORE_UNREACHABLE, ErrorCode.CONNECTION_LOST);
                assertThat(failure.isRetryable()).isTrue();
              });

      own.restart();
      CountingWriter other = new CountingWriter(document, 1, 100);
      other.append(1);
      LogAudit.of(document).requireExactly(List.of(writer, other));
    }
  }

  @Test
  void aServerThatIsRestartedInTheMiddleOfAnAppend() {
    try (EmbeddedPostgres own = EmbeddedPostgres.start();
        Backend store =
            new PostgresBackendProvider()
                .open(new OpenRequest(StoreLocation.parse(own.address().uri()), OpenMode.CREATE))) {
      DocumentId notes = DocumentId.of("notes");
      try (WriteTransaction transaction = store.beginWrite(notes)) {
        own.kill();
        own.restart();
        Failures.assertFails(
            ErrorCode.CONNECTION_LOST, () -> transaction.nodes(List.of(NodeId.ROOT)));
      }
      try (WriteTransaction transaction = store.beginWrite(notes)) {
        assertThat(transaction.state().version()).isZero();
      }
    }
  }

  /** Through the library, the whole append is simply done again. */
  @Test
  void anAppendOutlivesARestart() {
    try (EmbeddedPostgres own = EmbeddedPostgres.start();
        Tidemark store = Tidemark.open(own.address().uri())) {
      Document document = store.document("notes");
      CountingWriter writer = new CountingWriter(document, 0, 100);
      for (int i = 0; i < 3; i++) {
        writer.append(1);
        own.kill();
        own.restart();
        writer.append(1);
      }
      LogAudit audit = LogAudit.of(document);
      audit.requireExactly(List.of(writer));
      assertThat(audit.versions()).isEqualTo(6);
    }
  }
}
