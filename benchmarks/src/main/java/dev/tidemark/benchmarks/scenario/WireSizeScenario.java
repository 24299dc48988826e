package dev.tidemark.benchmarks.scenario;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.benchmarks.data.LogShape;
import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a window takes when it is sent. */
public final class WireSizeScenario implements Scenario {
  @Override
  public String name() {
    return "wire-size";
  }

  @Override
  public String title() {
    return "Bytes of chunks per operation, against the bytes of the payloads alone";
  }

  @Override
  public void measure(Run run) throws Exception {
    int operations = run.pick(2_000, 100_000, 1_000_000);
    measure(
        run,
        String.format(Locale.ROOT, "balanced tree, %,d inserts of 64 B", operations),
        run.stores().tree(operations),
        Stores.DOCUMENT);
    LogShape edits = new LogShape(run.pick(200, 20_000, 200_000), 200, run.pick(2, 20, 200));
    measure(run, edits + " of prose", run.stores().prose(edits), Stores.DOCUMENT);
    for (Path trace : run.settings().traces()) {
      try (Tidemark store = Tidemark.open(Stores.uri(trace))) {
        String document = store.documents(null, 1).get(0).value();
        measure(run, "document " + document, trace, document);
      }
    }
  }

  private static void measure(Run run, String what, Path file, String name) {
    try (Tidemark store = Tidemark.open(Stores.uri(file))) {
      Document document = store.document(name);
      double[] payloads = {0};
      document.readLog(
          Position.afterVersion(0),
          document.status().version(),
          logged -> {
            payloads[0] += payloadSize(logged);
            return true;
          });
      for (int chunkSize : List.of(256 << 10, 5 << 20)) {
        Drain drain = Drain.of(document, chunkSize, bytes -> {});
        String chunks = String.format(Locale.ROOT, "%s, %,d KiB chunks", what, chunkSize >> 10);
        run.add(
            Figure.value(
                chunks, "B/op", new double[] {(double) drain.bytes() / drain.operations()}, null));
        run.add(
            Figure.value(
                chunks + ", to the payloads alone",
                "x",
                new double[] {drain.bytes() / Math.max(1, payloads[0])},
                null));
      }
    }
  }

  private static long payloadSize(LoggedOperation logged) {
    Payload payload =
        logged.operation() instanceof Operation.PayloadCarrying carrying
            ? carrying.payload()
            : null;
    return payload == null ? 0 : payload.size();
  }
}
