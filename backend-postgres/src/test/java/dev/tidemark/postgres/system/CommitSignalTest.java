package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.Tidemark;
import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.postgres.testing.PostgresAddress;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.postgres.testing.workload.CountingWriter;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.CommitSignal;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** LISTEN and NOTIFY as the signal of commits. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class CommitSignalTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final DocumentId NOTES = DocumentId.of("notes");

  private final PostgresAddress address =
      TestPostgres.address().with("ApplicationName", "listening");
  private final String schema = TestPostgres.newSchema();
  private final Tidemark writing = Tidemark.open(TestPostgres.address().store(schema));
  private final Backend listening = open();
  private final CountingWriter writer = new CountingWriter(writing.document("notes"), 0, 10);

  private Backend open() {
    return new PostgresBackendProvider()
        .open(new OpenRequest(StoreLocation.parse(address.store(schema)), OpenMode.WRITE));
  }

  @BeforeEach
  void writeOnce() {
    writer.append(1);
  }

  @AfterEach
  void close() {
    listening.close();
    writing.close();
  }

  @Test
  void aCommitOfAnotherConnectionEndsTheWait() {
    try (CommitSignal signal = listening.commitSignal(NOTES)) {
      CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> signal.await(LONG));
      writer.append(1);
      assertThat(waiting.join()).isTrue();
    }
  }

  @Test
  void noneIsLostBetweenTwoWaits() {
    try (CommitSignal signal = listening.commitSignal(NOTES)) {
      for (int i = 0; i < 20; i++) {
        writer.append(1);
        assertThat(signal.await(LONG)).as("commit %s", i).isTrue();
      }
      writer.append(1);
      writer.append(1);
      assertThat(signal.await(LONG)).isTrue();
    }
  }

  @Test
  void withoutACommitTheTimeRunsOut() {
    try (CommitSignal signal = listening.commitSignal(NOTES);
        CommitSignal other = listening.commitSignal(DocumentId.of("other"))) {
      assertThat(signal.await(Duration.ZERO)).isFalse();
      assertThat(signal.await(SHORT)).isFalse();
      writer.append(1);
      assertThat(signal.await(LONG)).isTrue();
      assertThat(other.await(SHORT)).as("of another document").isFalse();
    }
  }

  @Test
  void aTerminatedConnectionIsToldAndAnotherSignalWorks() throws Exception {
    try (CommitSignal signal = listening.commitSignal(NOTES)) {
      CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> signal.await(LONG));
      try (Terminator terminator = new Terminator(TestPostgres.address(), "listening")) {
        while (!waiting.isDone()) {
          terminator.terminateOne();
        }
      }
      assertEndsWith(ErrorCode.CONNECTION_LOST, waiting);
    }
    try (CommitSignal signal = listening.commitSignal(NOTES)) {
      writer.append(1);
      assertThat(signal.await(LONG)).isTrue();
    }
  }

  @Test
  void closingEndsAWait() {
    CommitSignal signal = listening.commitSignal(NOTES);
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> signal.await(LONG));
    signal.close();
    assertEndsWith(ErrorCode.CLOSED, waiting);
  }

  private static void assertEndsWith(ErrorCode code, CompletableFuture<Boolean> waiting) {
    assertThatThrownBy(waiting::join)
        .cause()
        .isInstanceOfSatisfying(
            TidemarkException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
