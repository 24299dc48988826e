package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.postgres.testing.PostgresAddress;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.postgres.testing.workload.CountingWriter;
import dev.tidemark.postgres.testing.workload.LogAudit;
import dev.tidemark.postgres.testing.workload.WindowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Eight writers on one document and eight on others, two readers, and connections that are
 * terminated all the while (rules B2, B6, C8). An ordinary run makes a few appends each; {@value
 * #SECONDS} says for how long instead.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ManyWritersTest {
  private static final String SECONDS = "tidemark.postgres.seconds";
  private static final int WRITERS = 8;
  private static final int APPENDS = 25;
  private static final int ATTEMPTS = 20;
  private static final int PAYLOAD_BYTES = 500;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final long seconds = Long.getLong(SECONDS, 0);
  private final AtomicInteger finished = new AtomicInteger();

  @Test
  void nothingIsMissingAndNothingTwice() throws Exception {
    PostgresAddress address = TestPostgres.address().with("ApplicationName", "disturbed");
    String uri = address.store(TestPostgres.newSchema());
    long start = System.nanoTime();
    // Two stores of one schema are to each other what two processes are.
    try (Tidemark one = Tidemark.open(uri);
        Tidemark other = Tidemark.open(uri);
        Terminator terminator = new Terminator(TestPostgres.address(), "disturbed")) {
      List<CountingWriter> together = new ArrayList<>();
      List<CountingWriter> alone = new ArrayList<>();
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Tidemark store = i % 2 == 0 ? one : other;
        together.add(new CountingWriter(store.document("shared"), i, PAYLOAD_BYTES));
        alone.add(new CountingWriter(store.document("own " + i), i, PAYLOAD_BYTES));
        writing.add(threads.submit(writing(together.get(i))));
        writing.add(threads.submit(writing(alone.get(i))));
      }
      AtomicBoolean isOver = new AtomicBoolean();
      List<WindowReader> readers = new ArrayList<>();
      List<Future<?>> reading = new ArrayList<>();
      for (Tidemark store : List.of(one, other)) {
        WindowReader reader = new WindowReader(store.document("shared"));
        readers.add(reader);
        reading.add(threads.submit(reading(reader, isOver)));
      }

      // Seldom enough for work to come through, and often enough in a short run.
      terminator.runWhile(
          () -> writing.stream().anyMatch(each -> !each.isDone()),
          seconds > 0 ? TimeUnit.SECONDS.toMillis(1) : 200);
      for (Future<?> each : writing) {
        each.get();
      }
      isOver.set(true);
      for (Future<?> each : reading) {
        each.get();
      }
      assertThat(finished).hasValue(2 * WRITERS);

      Document shared = one.document("shared");
      LogAudit audit = LogAudit.of(shared);
      audit.requireExactly(together);
      assertThat(audit.versions()).isEqualTo(appends(together));
      for (int i = 0; i < WRITERS; i++) {
        LogAudit own = LogAudit.of(one.document("own " + i));
        own.requireExactly(List.of(alone.get(i)));
        assertThat(own.versions()).isEqualTo(alone.get(i).appends());
      }
      for (WindowReader reader : readers) {
        assertThat(LogAudit.of(reader.followed())).isEqualTo(audit);
      }
      assertThat(shared.verify(ProgressListener.NONE).differences()).isEmpty();
      assertThat(terminator.terminated()).as("connections terminated").isPositive();
      System.out.printf(
          "%d appends to one document, %d to others, in %.1f s; %d connections terminated;"
              + " calls failed: %s and %s; readers: %s%n",
          appends(together),
          appends(alone),
          (System.nanoTime() - start) / 1e9,
          terminator.terminated(),
          together.stream().map(CountingWriter::failures).toList(),
          alone.stream().map(CountingWriter::failures).toList(),
          readers);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int appends(List<CountingWriter> writers) {
    return writers.stream().mapToInt(CountingWriter::appends).sum();
  }

  private Callable<Void> writing(CountingWriter writer) {
    return () -> {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (seconds > 0 ? System.nanoTime() < end : writer.appends() < APPENDS) {
        writer.append(ATTEMPTS);
      }
      finished.incrementAndGet();
      return null;
    };
  }

  private static Callable<Void> reading(WindowReader reader, AtomicBoolean isOver) {
    return () -> {
      boolean last;
      do {
        last = isOver.get();
        reader.read();
      } while (!last);
      return null;
    };
  }
}
