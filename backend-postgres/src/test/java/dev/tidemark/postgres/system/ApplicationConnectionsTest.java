package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.core.Tidemark;
import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.postgres.testing.workload.CountingWriter;
import dev.tidemark.postgres.testing.workload.LogAudit;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.CommitSignal;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.WriteTransaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application's own connections go through. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ApplicationConnectionsTest {
  private static final DocumentId NOTES = DocumentId.of("notes");

  private final String uri = "postgresql:?schema=" + TestPostgres.newSchema();

  private static WrappedSource source(boolean isPlain, boolean autoCommit) {
    return new WrappedSource(TestPostgres.address(), isPlain, autoCommit, UnaryOperator.identity());
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void theyComeBackAsTheyWere(boolean isPlain, boolean autoCommit) throws Exception {
    try (WrappedSource source = source(isPlain, autoCommit)) {
      PostgresBackendProvider provider = PostgresBackendProvider.of(source);
      Failures.assertFails(
          ErrorCode.STORE_NOT_FOUND,
          () -> Tidemark.builder(uri).backend(provider).mode(OpenMode.READ).open().close());
      if (!isPlain) {
        // What shards finds tables that were there before, and only these.
        PostgresBackendProvider.of(source(true, true)).schema(StoreLocation.parse(uri)).migrate();
      }
      provider.schema(StoreLocation.parse(uri)).migrate();
      try (Tidemark store = Tidemark.builder(uri).backend(provider).open()) {
        CountingWriter writer = new CountingWriter(store.document(NOTES), 0, 10);
        writer.append(1);
        writer.append(1);
        assertThat(LogAudit.of(store.document(NOTES)).versions()).isEqualTo(2);
        assertThat(store.documents(null, 10)).containsExactly(NOTES);
      }
      try (Backend backend = open(source, "")) {
        backend.beginWrite(NOTES).close();
        assertThat(backend.capabilities().contains(Capability.COMMIT_SIGNAL)).isEqualTo(isPlain);
        if (isPlain) {
          backend.commitSignal(NOTES).close();
          CommitSignal signal = backend.commitSignal(NOTES);
          assertThat(signal.await(Duration.ZERO)).isFalse();
          signal.close();
          awaitListenerGone(source);
        }
      }
      assertThat(source.returned()).hasSizeGreaterThan(8).containsOnly(source.handedOut());
    }
  }

  /** The thread that listens gives its connection back as the last one. */
  private static void awaitListenerGone(WrappedSource source) {
    while (Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("tidemark-postgresql-listener"))) {
      Thread.onSpinWait();
    }
    assertThat(source.returned()).isNotEmpty();
  }

  private Backend open(WrappedSource source, String parameters) {
    return PostgresBackendProvider.of(source)
        .open(new OpenRequest(StoreLocation.parse(uri + parameters), OpenMode.CREATE));
  }

  /** Another process that writes, which each opening is to the other. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWriterWaitsForAnotherProcessNoLongerThanItMay(boolean isPlain) throws Exception {
    PostgresBackendProvider.of(source(true, true)).schema(StoreLocation.parse(uri)).migrate();
    try (WrappedSource source = source(isPlain, true);
        Backend one = open(source, "&lock_timeout=300");
        Backend other = open(source, "&lock_timeout=300")) {
      try (WriteTransaction first = one.beginWrite(NOTES)) {
        Failures.assertFails(ErrorCode.STORE_BUSY, () -> other.beginWrite(NOTES).close());
        assertThat(first.state().version()).isZero();
      }
      other.beginWrite(NOTES).close();
      assertThat(List.copyOf(source.returned())).containsOnly(source.handedOut());
    }
  }
}
