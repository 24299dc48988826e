package dev.tidemark.metrics;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.Telemetry;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.internal.figures.KnownFigures;
import dev.tidemark.core.internal.notify.GuardedTelemetry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What telling a Prometheus registry costs, in all that the engine adds to a call: the guard
 * against its exceptions, the clock, the figures that it keeps. Run by {@link OverheadCheck}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OverheadBenchmark {
  /** A telemetry as the engine holds it. */
  @State(Scope.Benchmark)
  public static class Told {
    @Param({"none", "prometheus"})
    String telemetry = "";

    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final KnownFigures figures = new KnownFigures(System::nanoTime);
    final DocumentId document = DocumentId.of("notes");
    final CatchUp work = new CatchUp(CatchUpPath.IN_ORDER, 10, 0, 30, 400_000);
    Telemetry guarded = Telemetry.NONE;
    long version;

    /** Makes it. */
    @Setup
    public void make() {
      if (telemetry.equals("prometheus")) {
        guarded = GuardedTelemetry.of(MicrometerTelemetry.of(registry));
      }
    }

    long start() {
      return guarded == Telemetry.NONE ? 0 : System.nanoTime();
    }
  }

  /** An append of ten operations: timed, counted, its catch-up, and how the document stands. */
  @Benchmark
  public void append(Told told) {
    long start = told.start();
    if (told.guarded != Telemetry.NONE) {
      told.guarded.appended(10, 2, System.nanoTime() - start);
      told.figures.observe(told.document, ++told.version, null);
      told.guarded.caughtUp(told.work);
    }
  }

  /** A chunk read. */
  @Benchmark
  public void chunkRead(Told told) {
    long start = told.start();
    if (told.guarded != Telemetry.NONE) {
      told.guarded.chunkRead(5_000_000, 4_000, System.nanoTime() - start);
    }
  }

  /** A chunk applied, which is an append as well. */
  @Benchmark
  public void chunkApply(Told told) {
    long start = told.start();
    if (told.guarded != Telemetry.NONE) {
      told.guarded.chunkApplied(5_000_000, 4_000, System.nanoTime() - start);
    }
    append(told);
  }

  /** What one look at all meters of a store takes. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public String scrape(Told told) {
    return told.registry.scrape();
  }

  /** A store in memory, the quickest there is. */
  @State(Scope.Thread)
  public static class Store {
    private static final ReplicaId AUTHOR = ReplicaId.fromHex("a1");
    private final Tidemark[] opened = new Tidemark[1];
    private long counter;

    /** Opens it; anew for each iteration, as it grows. */
    @Setup(Level.Iteration)
    public void open(Told told) {
      opened[0] = Tidemark.builder("memory:").telemetry(told.guarded).open();
      counter = 0;
    }

    /** Closes it. */
    @TearDown(Level.Iteration)
    public void close() {
      opened[0].close();
    }

    Document document() {
      return opened[0].document("notes");
    }

    Operation next() {
      counter++;
      return new Operation.Insert(
          new OperationId(AUTHOR, counter),
          counter,
          new NodeId(0, counter),
          NodeId.ROOT,
          OrderKey.EMPTY,
          Payload.of("text"));
    }
  }

  /** A whole append of one operation. */
  @Benchmark
  public Object wholeAppend(Store store) {
    return store.document().append(List.of(store.next()));
  }
}
