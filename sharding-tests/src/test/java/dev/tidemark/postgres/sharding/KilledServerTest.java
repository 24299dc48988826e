package dev.tidemark.postgres.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.postgres.testing.workload.CountingWriter;
import dev.tidemark.postgres.testing.workload.LogAudit;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sixty-four documents on three servers, eight writers, and one server that is killed in the middle
 * and comes back.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class KilledServerTest {
  private static final int DOCUMENTS = 64;
  private static final int WRITERS = 8;
  private static final int VICTIM = 1;
  private static final long PHASE_SECONDS = Long.getLong("tidemark.postgres.seconds", 5);

  /** Enough for the outage: each attempt waits for a connection first. */
  private static final int ATTEMPTS = 1_000;

  private static final String STORE =
      "postgresql://sharded/tidemark?statements=portable&notify=off";

  /** What one append of one document took. */
  private record Append(int server, long startNanos, long endNanos) {}

  private final ExecutorService threads = Executors.newFixedThreadPool(2 * WRITERS);
  private final ConcurrentLinkedQueue<Append> appends = new ConcurrentLinkedQueue<>();
  private volatile boolean isOver;

  @Test
  void nothingIsLostAndTheOtherServersGoOn() throws Exception {
    try (ShardedServers servers = new ShardedServers()) {
      servers.makeSchema("tidemark");
      PostgresBackendProvider provider = PostgresBackendProvider.of(servers.source(20));
      List<CountingWriter> writers = new ArrayList<>();
      try (Tidemark store = Tidemark.builder(STORE).backend(provider).open()) {
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
          writers.add(new CountingWriter(store.document("document " + i), i, 200));
        }
        for (CountingWriter writer : writers) {
          writer.append(ATTEMPTS);
        }
        // Who writes to the victim waits during the outage, so that these have threads of their
        // own.
        for (int i = 0; i < WRITERS; i++) {
          writing.add(threads.submit(writing(writers, i, true)));
          writing.add(threads.submit(writing(writers, i, false)));
        }
        pause();
        servers.server(VICTIM).kill();
        // Until it is dead, it answers.
        long killed = System.nanoTime();
        pause();
        long restarted = System.nanoTime();
        servers.server(VICTIM).restart();
        pause();
        isOver = true;
        for (Future<?> each : writing) {
          each.get();
        }
        print(killed, restarted, writers);
        assertOthersWentOn(killed, restarted);
        for (int i = 0; i < DOCUMENTS; i++) {
          Document document = store.document("document " + i);
          LogAudit audit = LogAudit.of(document);
          audit.requireExactly(List.of(writers.get(i)));
          assertThat(audit.versions()).isEqualTo(writers.get(i).appends());
        }
        Document sample = store.document("document 0");
        assertThat(sample.verify(ProgressListener.NONE).differences()).isEmpty();
        assertThat(store.documents(null, 2 * DOCUMENTS)).hasSize(DOCUMENTS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(PHASE_SECONDS));
  }

  /** Each writer has the documents of its residue, and goes round. */
  private Callable<Void> writing(List<CountingWriter> writers, int residue, boolean ofVictim) {
    return () -> {
      while (!isOver) {
        for (int i = residue; i < DOCUMENTS && !isOver; i += WRITERS) {
          int server = server("document " + i);
          if ((server == VICTIM) == ofVictim) {
            long start = System.nanoTime();
            writers.get(i).append(ATTEMPTS);
            appends.add(new Append(server, start, System.nanoTime()));
          }
        }
      }
      return null;
    };
  }

  /** The number of a document, as the backend computes it, modulo the servers. */
  private static int server(String name) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    return (int) ((ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE) % ShardedServers.SERVERS);
  }

  private void assertOthersWentOn(long killed, long restarted) {
    for (int server = 0; server < ShardedServers.SERVERS; server++) {
      int number = server;
      long during =
          appends.stream()
              .filter(each -> each.server == number)
              .filter(each -> each.startNanos > killed && each.endNanos < restarted)
              .count();
      if (server == VICTIM) {
        assertThat(during).as("appends to the server that is away").isZero();
      } else {
        assertThat(during).as("appends to server %s meanwhile", server).isPositive();
      }
    }
  }

  private void print(long killed, long restarted, List<CountingWriter> writers) {
    for (int server = 0; server < ShardedServers.SERVERS; server++) {
      int number = server;
      long[][] took = new long[3][];
      for (int phase = 0; phase < took.length; phase++) {
        long from = phase == 0 ? 0 : phase == 1 ? killed : restarted;
        long to = phase == 0 ? killed : phase == 1 ? restarted : Long.MAX_VALUE;
        took[phase] =
            appends.stream()
                .filter(each -> each.server == number)
                .filter(each -> each.endNanos >= from && each.endNanos < to)
                .mapToLong(each -> each.endNanos - each.startNanos)
                .sorted()
                .toArray();
      }
      System.out.printf(
          "server %d%s: appends before, during, after: %s; longest %s ms%n",
          server,
          server == VICTIM ? " (killed)" : "",
          Arrays.stream(took).map(each -> each.length).toList(),
          Arrays.stream(took)
              .map(each -> each.length == 0 ? 0 : each[each.length - 1] / 1_000_000)
              .toList());
    }
    System.out.println(
        "calls that failed and were made again: "
            + writers.stream().flatMap(each -> each.failures().entrySet().stream()).toList());
  }
}
