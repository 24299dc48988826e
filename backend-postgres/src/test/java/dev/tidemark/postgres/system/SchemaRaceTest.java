package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Tidemark;
import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.postgres.testing.workload.CountingWriter;
import dev.tidemark.postgres.testing.workload.LogAudit;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.StoreSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several make one schema at once (rule B7). */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class SchemaRaceTest {
  private static final int RACERS = 8;
  private static final int ROUNDS = 5;

  @Test
  @Rule("B7")
  void manyThreadsMakeItOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String uri = TestPostgres.newStore();
        CyclicBarrier start = new CyclicBarrier(RACERS);
        List<Future<Integer>> found = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
          found.add(
              threads.submit(
                  () -> {
                    start.await();
                    return schema(uri).migrate();
                  }));
        }
        int made = 0;
        for (Future<Integer> each : found) {
          made += each.get() == 0 ? 1 : 0;
        }
        assertThat(made).as("who found none and made it").isEqualTo(1);
        assertThat(schema(uri).storedVersion()).isEqualTo(schema(uri).version());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static StoreSchema schema(String uri) {
    return new PostgresBackendProvider().schema(StoreLocation.parse(uri));
  }

  /** What is printed, by somebody who goes on whatever fails. */
  @Test
  @Rule("B7")
  void whatIsPrintedIsMadeAsAWholeOrNot() throws Exception {
    String uri = TestPostgres.newStore();
    List<String> statements = schema(uri).statements(0);
    assertThat(statements).startsWith("BEGIN").endsWith("COMMIT");
    List<String> broken = new ArrayList<>(statements);
    broken.set(broken.size() / 2, "CREATE INDEX ON nothing (nothing)");
    assertThat(executeAll(broken)).isPositive();
    assertThat(schema(uri).storedVersion()).isZero();
    assertThat(executeAll(statements)).isZero();
    assertThat(schema(uri).storedVersion()).isEqualTo(schema(uri).version());
    Tidemark.open(uri).close();
  }

  private static int executeAll(List<String> statements) throws Exception {
    int failed = 0;
    try (Connection connection = TestPostgres.address().connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          failed++;
        }
      }
    }
    return failed;
  }

  /** By an engine that knows no transactions for that, or by hand. */
  @Test
  @Rule("B7")
  void aHalfSchemaIsToldAsSuchAndWaitedFor() throws Exception {
    String uri = TestPostgres.newStore();
    schema(uri).migrate();
    String version =
        '"' + StoreLocation.parse(uri).parameters().get("schema") + "\".schema_version";
    TestPostgres.address().execute("DELETE FROM " + version);
    for (OpenMode mode : OpenMode.values()) {
      assertThat(
              Failures.assertFails(
                  ErrorCode.STORE_NOT_FOUND, () -> Tidemark.builder(uri).mode(mode).open().close()))
          .hasMessageContaining("not finished");
    }
    CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(schema(uri)::migrate);
    TestPostgres.address().execute("INSERT INTO " + version + " VALUES (1)");
    assertThat(waiting.join()).isEqualTo(1);
  }

  @Test
  @Rule({"B2", "B7"})
  void processesMakeItAndWriteAtOnce() throws Exception {
    String uri = TestPostgres.newStore();
    List<Process> others = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      others.add(start(uri, i));
    }
    for (Process other : others) {
      assertThat(line(other)).isEqualTo("ready");
    }
    for (Process other : others) {
      other.getOutputStream().write('\n');
      other.getOutputStream().flush();
    }
    for (Process other : others) {
      assertThat(line(other)).isEqualTo("done");
      assertThat(other.waitFor()).isZero();
    }
    try (Tidemark store = Tidemark.open(uri)) {
      assertThat(LogAudit.of(store.document("notes")).versions()).isEqualTo(2 * ROUNDS);
    }
  }

  private static Process start(String uri, int number) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Racer.class.getName(),
            uri,
            Integer.toString(number))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String line(Process process) throws IOException {
    return String.valueOf(
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine());
  }

  /** A process that makes the store, if need be, and writes. */
  static final class Racer {
    private Racer() {}

    public static void main(String[] arguments) throws IOException {
      System.out.println("ready");
      System.in.read();
      try (Tidemark store = Tidemark.open(arguments[0])) {
        CountingWriter writer =
            new CountingWriter(store.document("notes"), Integer.parseInt(arguments[1]), 10);
        for (int i = 0; i < ROUNDS; i++) {
          writer.append(1);
        }
      }
      System.out.println("done");
    }
  }
}
