package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.postgres.testing.CuttingProxy;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.CommitSignal;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signals where the server is away, or seems to be there and is not. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class DeafListenerTest {
  private static final DocumentId NOTES = DocumentId.of("notes");
  private static final Duration LONG = Duration.ofMinutes(5);

  private final String schema = TestPostgres.newSchema();

  private Backend open(CuttingProxy proxy, String timeout) {
    String uri = proxy.address().with("connection_timeout", timeout).store(schema);
    return new PostgresBackendProvider()
        .open(new OpenRequest(StoreLocation.parse(uri), OpenMode.CREATE));
  }

  @Test
  void aPathThatDiedWithoutAWordIsNoticed() {
    try (CuttingProxy proxy = new CuttingProxy(TestPostgres.address());
        Backend backend = open(proxy, "250");
        CommitSignal signal = backend.commitSignal(NOTES)) {
      proxy.fallSilent();
      Failures.assertFails(ErrorCode.CONNECTION_LOST, () -> signal.await(LONG));
    }
  }

  @Test
  void whoCannotListenIsToldInTimeAndTogether() {
    try (CuttingProxy proxy = new CuttingProxy(TestPostgres.address());
        Backend backend = open(proxy, "2000")) {
      proxy.fallSilent();
      CompletableFuture<?>[] waiting = new CompletableFuture<?>[20];
      for (int i = 0; i < waiting.length; i++) {
        waiting[i] =
            CompletableFuture.runAsync(
                () ->
                    Failures.assertFails(
                        ErrorCode.STORE_UNREACHABLE, () -> backend.commitSignal(NOTES).close()));
      }
      CompletableFuture.allOf(waiting).join();
    }
  }

  @Test
  void closingDoesNotWaitForWhoConnects() {
    try (CuttingProxy proxy = new CuttingProxy(TestPostgres.address());
        Backend backend = open(proxy, "3600000")) {
      proxy.fallSilent();
      CompletableFuture<CommitSignal> waiting =
          CompletableFuture.supplyAsync(() -> backend.commitSignal(NOTES));
      while (Thread.getAllStackTraces().keySet().stream()
          .noneMatch(thread -> thread.getName().equals("tidemark-postgresql-listener"))) {
        Thread.onSpinWait();
      }
      CompletableFuture.runAsync(backend::close).join();
      assertThatThrownBy(waiting::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .asInstanceOf(InstanceOfAssertFactories.type(TidemarkException.class))
          .extracting(TidemarkException::code)
          .isEqualTo(ErrorCode.CLOSED);
      Failures.assertFails(ErrorCode.CLOSED, () -> backend.commitSignal(NOTES));
    }
  }
}
