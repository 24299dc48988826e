package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeFollower;
import dev.tidemark.postgres.testing.EmbeddedPostgres;
import dev.tidemark.postgres.testing.PostgresAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What does not work with PostgreSQL is one line that says what to do, and whether to try again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PostgresFailuresTest {
  private static final int FILES = 3_000;

  private final EmbeddedPostgres server = EmbeddedPostgres.start();
  private final PostgresAddress address = server.address().with("connection_timeout", "2000");

  @TempDir private Path directory;

  @AfterAll
  void stopServer() {
    server.close();
  }

  private static CliRun stats(String store, Object... more) {
    return CliRun.onExample("stats", store, more);
  }

  private static void assertOneLine(String store, ErrorCode code, String text) {
    assertOneLine(stats(store), stats(store, "--json"), code, text);
  }

  private static void assertOneLine(CliRun run, CliRun asJson, ErrorCode code, String text) {
    System.out.println(run.exit() + " " + run.err());
    assertThat(run.exit()).isNotZero();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("tidemark: ")
        .contains(text)
        .doesNotContain("Exception", "secret", "password=");
    assertThat(asJson.errorJson())
        .containsEntry("code", code.name())
        .containsEntry("retryable", code.isRetryable());
  }

  @Test
  void aWrongPassword() {
    assertOneLine(
        address.withUser("postgres", "wrong & secret").uri(),
        ErrorCode.AUTHENTICATION_FAILED,
        "user or password");
  }

  @Test
  void aMissingDatabase() {
    assertOneLine(
        address.withDatabase("absent").uri(), ErrorCode.STORE_NOT_FOUND, "does not exist");
  }

  @Test
  void aMissingSchema() {
    assertOneLine(address.store("absent"), ErrorCode.STORE_NOT_FOUND, "tidemark schema --store");
  }

  @Test
  void aMissingRight() throws Exception {
    String store = imported("forbidden");
    address.execute("CREATE ROLE stranger LOGIN PASSWORD 'secret'");
    assertOneLine(
        address.withUser("stranger", "secret").store("forbidden"),
        ErrorCode.PERMISSION_DENIED,
        "Grant the right");

    address.execute(
        "CREATE ROLE only_reader LOGIN PASSWORD 'secret'",
        "GRANT USAGE ON SCHEMA forbidden TO only_reader",
        "GRANT SELECT ON ALL TABLES IN SCHEMA forbidden TO only_reader");
    String asReader = address.withUser("only_reader", "secret").store("forbidden");
    stats(asReader).succeeded();
    assertOneLine(
        CliRun.onExample("rebuild", asReader),
        CliRun.onExample("rebuild", asReader, "--json"),
        ErrorCode.PERMISSION_DENIED,
        "Grant the right");
    CliRun.onExample("verify", store).succeeded();
  }

  private String imported(String schema) {
    String store = address.store(schema);
    CliRun.of("import", Example.trace(directory), "--store", store, "--document", "example")
        .succeeded();
    return store;
  }

  @Test
  void aSchemaOfAnotherVersion() throws Exception {
    String store = imported("newer");
    address.execute("UPDATE newer.schema_version SET version = 99");
    assertOneLine(store, ErrorCode.SCHEMA_TOO_NEW, "99");
  }

  @Test
  void aServerThatIsNotThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertOneLine(address.withPort(port).uri(), ErrorCode.STORE_UNREACHABLE, "cannot be reached");
    assertOneLine(
        "postgresql://host.invalid/app?user=somebody&connection_timeout=2000",
        ErrorCode.STORE_UNREACHABLE,
        "unknown host");
  }

  /** A short absence is waited for; a longer one ends the command, which then goes on. */
  @Test
  void aServerThatIsRestartedInTheMiddleOfAnImport() throws Exception {
    Path trace = Example.files(directory, FILES, 2_000);
    try (EmbeddedPostgres own = EmbeddedPostgres.start()) {
      String store = own.address().with("connection_timeout", "300").uri();
      Tidemark.open(store).close();
      CompletableFuture<CliRun> running =
          CompletableFuture.supplyAsync(() -> importing(trace, store));
      awaitVersion(store, 50);
      own.kill();
      own.restart();
      awaitVersion(store, 200);
      own.stop();
      CliRun failed = running.get();
      assertOneLine(
          failed, stats(store, "--json"), ErrorCode.STORE_UNREACHABLE, "Imported before this");

      own.restart();
      importing(trace, store).succeeded();
      assertThat(CliRun.onExample("verify", store, "--json").succeeded().json())
          .containsEntry("operations", (long) FILES);
    }
  }

  private static CliRun importing(Path trace, String store) {
    return CliRun.of("import", trace, "--store", store, "--document", "example");
  }

  private static void awaitVersion(String store, long version) {
    try (Tidemark other = Tidemark.open(store);
        TreeFollower follower = other.document(DocumentId.of("example")).follow()) {
      long reached = follower.poll().version();
      while (reached < version) {
        reached = follower.await(Duration.ofMinutes(1)).version();
      }
    }
  }
}
