package dev.tidemark.benchmarks.scenario;

import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.raw.RawStore;
import dev.tidemark.benchmarks.raw.Recording;
import dev.tidemark.benchmarks.raw.Replayer;
import dev.tidemark.benchmarks.result.Spread;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One document on which steps are taken, each a transaction: by the library, and by a baseline that
 * writes, in another copy of the store, the rows that the library writes for the same steps.
 */
final class Lane implements AutoCloseable {
  private final List<Consumer<Document>> steps;
  private final Path ourFile;
  private final Path rawFile;
  private final Tidemark store;
  private final Replayer raw;
  private int done;

  private Lane(List<Consumer<Document>> steps, Path ourFile, Path rawFile) throws SQLException {
    this.steps = steps;
    this.ourFile = ourFile;
    this.rawFile = rawFile;
    this.store = Tidemark.open(Stores.uri(ourFile));
    this.raw = new Replayer(RawStore.open(rawFile));
  }

  /** Takes all steps once on a copy, to learn which rows they write. */
  static Lane open(Stores stores, Path base, List<Consumer<Document>> steps) throws SQLException {
    Path scratch = stores.copy(base);
    Lane lane = new Lane(steps, stores.copy(base), stores.copy(base));
    try (RawStore rows = RawStore.open(scratch);
        Recording recording = Recording.start(rows);
        Tidemark recorded = Tidemark.open(Stores.uri(scratch) + "?synchronous=off")) {
      for (Consumer<Document> step : steps) {
        step.accept(recorded.document(Stores.DOCUMENT));
        lane.raw.add(recording);
      }
    }
    Stores.delete(scratch);
    return lane;
  }

  /**
   * What several steps took.
   *
   * @param mean seconds of each on average, with what only some of them do, such as checkpoints
   * @param median seconds of the middle one
   */
  record Took(double mean, double median) {}

  /** Takes the next steps with the library. */
  Took ours(int count) {
    Document document = store.document(Stores.DOCUMENT);
    double[] seconds = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      steps.get(done++).accept(document);
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    return new Took(Arrays.stream(seconds).average().orElse(0), Spread.of(seconds).median());
  }

  /** Writes the rows of the next steps without it. */
  double raw(int count) throws SQLException {
    return raw.seconds(count);
  }

  @Override
  public void close() throws SQLException {
    store.close();
    raw.close();
    Stores.delete(ourFile);
    Stores.delete(rawFile);
  }
}
