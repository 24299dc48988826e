package dev.tidemark.benchmarks.scenario;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUp;
import dev.tidemark.benchmarks.data.BalancedTree;
import dev.tidemark.benchmarks.data.LateOperations;
import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.result.Chart;
import dev.tidemark.benchmarks.result.Chart.Axis;
import dev.tidemark.benchmarks.result.Chart.Line;
import dev.tidemark.benchmarks.result.Chart.Point;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Spread;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A folder's move that arrives late. */
public final class FolderMoveScenario implements Scenario {
  private static final int MOVES_EVERY = 50;

  @Override
  public String name() {
    return "folder-move";
  }

  @Override
  public String title() {
    return "One late folder move, where each 50th operation of the log is one too, SQLite";
  }

  @Override
  public void measure(Run run) throws Exception {
    List<Integer> sizes =
        run.pick(List.of(2_000), List.of(10_000, 100_000), List.of(10_000, 100_000, 1_000_000));
    List<Long> lates =
        run.pick(
            List.of(10L), List.of(10L, 1_000L, 10_000L), List.of(10L, 1_000L, 10_000L, 100_000L));
    List<Line> lines = new ArrayList<>();
    for (int size : sizes) {
      Path copy = run.stores().copy(run.stores().tree(size, MOVES_EVERY));
      List<Point> points = new ArrayList<>();
      try (Tidemark store = Tidemark.open(Stores.uri(copy))) {
        LateOperations operations = new LateOperations(new BalancedTree(64, MOVES_EVERY), size);
        for (long late : lates) {
          if (late < size / 2) {
            points.add(measure(run, store.document(Stores.DOCUMENT), operations, size, late));
          }
        }
      }
      Stores.delete(copy);
      lines.add(new Line(String.format(Locale.ROOT, "log of %,d", size), points));
    }
    run.add(
        new Chart(
            "folder-move-by-lateness",
            "One late folder move, by how late it is",
            new Axis("operations that come after it", true),
            new Axis("milliseconds", true),
            lines));
  }

  private static Point measure(
      Run run, Document document, LateOperations operations, int size, long late) {
    int rounds = run.settings().rounds();
    double[] millis = new double[rounds];
    double[] perVisited = new double[rounds];
    long visited = 0;
    int warmUp = run.pick(0, 2, 2);
    for (int round = -warmUp; round < rounds; round++) {
      long start = System.nanoTime();
      AppendResult result = document.append(List.of(operations.folderMove(size - late)));
      long nanos = System.nanoTime() - start;
      if (round >= 0) {
        CatchUp work = result.catchUp();
        visited = work.visited();
        millis[round] = nanos / 1e6;
        perVisited[round] = nanos / 1e3 / Math.max(1, visited);
      }
    }
    String what = String.format(Locale.ROOT, "%,d late, log %,d", late, size);
    run.add(Figure.value(what, "ms", millis, null));
    run.add(
        Figure.value(
            String.format(Locale.ROOT, "%s, each of %,d visited", what, visited),
            "us",
            perVisited,
            null));
    return new Point((double) late, Spread.of(millis).median());
  }
}
