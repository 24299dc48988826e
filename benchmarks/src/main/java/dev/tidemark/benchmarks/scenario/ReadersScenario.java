package dev.tidemark.benchmarks.scenario;

import dev.tidemark.benchmarks.data.BalancedTree;
import dev.tidemark.benchmarks.data.Bytes;
import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.Measurement;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.result.Bar;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Pairs;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Readers that drain all the time while one writer appends. */
public final class ReadersScenario implements Scenario {
  static final int READERS = 8;
  private static final int BATCH = 100;

  @Override
  public String name() {
    return "readers";
  }

  @Override
  public String title() {
    return "Eight readers draining while one writer appends batches of 100, SQLite";
  }

  @Override
  public void measure(Run run) throws Exception {
    int size = run.pick(2_000, 20_000, 100_000);
    int batches = run.pick(3, 30, 200);
    Path copy = run.stores().copy(run.stores().tree(size));
    try (Tidemark store = Tidemark.open(Stores.uri(copy) + "?readers=" + READERS)) {
      measure(run, store.document(Stores.DOCUMENT), size, batches, Bar.atLeast(0.7));
    } finally {
      Stores.delete(copy);
    }
  }

  /** Measures on a document that has a balanced tree of so many operations. */
  static void measure(Run run, Document document, int size, int batches, @Nullable Bar bar)
      throws Exception {
    Writer writer = new Writer(document, size, batches);
    AtomicLong drained = new AtomicLong();
    Runnable reader =
        () -> drained.addAndGet(Drain.of(document, 256 << 10, bytes -> {}).operations());
    // With so many threads the virtual machine takes long to compile what they do, beside them.
    for (int round = 0; round < run.pick(0, 8, 8); round++) {
      beside(reader, writer);
    }
    Pairs alone = run.inTurn(() -> beside(reader, writer), writer::seconds);
    run.add(
        Figure.rate(
            "writer beside eight readers",
            "op/s",
            (double) batches * BATCH,
            alone,
            "the writer alone",
            bar));
    Pairs busy = run.inTurn(() -> beside(reader, writer), () -> beside(compute(), writer));
    run.add(
        Figure.rate(
            "writer beside eight readers (store)",
            "op/s",
            (double) batches * BATCH,
            busy,
            "beside eight threads that only compute",
            null));
  }

  /** Appends in order, on and on. */
  private static final class Writer {
    private final BalancedTree tree = new BalancedTree(64, 0);
    private final Document document;
    private final int batches;
    private long next;

    Writer(Document document, long size, int batches) {
      this.document = document;
      this.batches = batches;
      this.next = size + 1;
    }

    double seconds() throws Exception {
      return Measurement.time(
          () -> {
            for (int i = 0; i < batches; i++) {
              document.append(tree.batch(next, BATCH));
              next += BATCH;
            }
          });
    }
  }

  private static Runnable compute() {
    Bytes bytes = new Bytes(1);
    return () -> bytes.next(1 << 20);
  }

  private static double beside(Runnable work, Writer writer) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    AtomicBoolean isDone = new AtomicBoolean();
    List<Future<?>> readers = new ArrayList<>();
    try {
      for (int i = 0; i < READERS; i++) {
        readers.add(
            threads.submit(
                () -> {
                  while (!isDone.get()) {
                    work.run();
                  }
                }));
      }
      return writer.seconds();
    } finally {
      isDone.set(true);
      for (Future<?> reader : readers) {
        reader.get();
      }
      threads.shutdown();
    }
  }
}
