package dev.tidemark.benchmarks.scenario;

import dev.tidemark.api.Operation;
import dev.tidemark.benchmarks.data.BalancedTree;
import dev.tidemark.benchmarks.data.LateOperations;
import dev.tidemark.benchmarks.data.LateOperations.Kind;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.result.Bar;
import dev.tidemark.benchmarks.result.Chart;
import dev.tidemark.benchmarks.result.Chart.Axis;
import dev.tidemark.benchmarks.result.Chart.Line;
import dev.tidemark.benchmarks.result.Chart.Point;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Pairs;
import dev.tidemark.benchmarks.result.Spread;
import dev.tidemark.core.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** One operation that arrives late. */
public final class LateScenario implements Scenario {
  private static final int MOVES_EVERY = 50;
  private static final Kind[] KINDS = Kind.values();

  @Override
  public String name() {
    return "late";
  }

  @Override
  public String title() {
    return "One late operation by lateness and length of the log, SQLite";
  }

  /** What is measured: the columns of the grid, by kind and lateness; 0 is in order. */
  private record Column(Kind kind, long lateness) {
    String text() {
      return lateness == 0
          ? kind.words() + ", in order"
          : String.format(Locale.ROOT, "%s, %,d late", kind.words(), lateness);
    }
  }

  @Override
  public void measure(Run run) throws Exception {
    List<Integer> sizes =
        run.pick(List.of(1_000), List.of(10_000, 100_000), List.of(10_000, 100_000, 1_000_000));
    List<Long> lates = run.pick(List.of(10L), List.of(10L, 1_000L), List.of(10L, 1_000L, 100_000L));
    int count = run.pick(2, 50, 100);
    int warmUp = run.pick(0, 2, 3);
    int rounds = run.settings().rounds();
    List<Column> columns = new ArrayList<>();
    for (Kind kind : KINDS) {
      columns.add(new Column(kind, 0));
      lates.forEach(late -> columns.add(new Column(kind, late)));
    }
    List<Lane> lanes = new ArrayList<>();
    try {
      for (int size : sizes) {
        BalancedTree tree = new BalancedTree(64, MOVES_EVERY);
        LateOperations operations = new LateOperations(tree, size);
        List<Consumer<Document>> steps = new ArrayList<>();
        for (int round = 0; round < warmUp + rounds; round++) {
          for (Column column : columns) {
            for (int i = 0; i < count && fits(column, size); i++) {
              Operation operation = operations.next(column.kind(), column.lateness());
              steps.add(document -> document.append(List.of(operation)));
            }
          }
        }
        lanes.add(Lane.open(run.stores(), run.stores().tree(size, MOVES_EVERY), steps));
      }
      Grid grid = new Grid(lanes.size(), columns.size(), rounds);
      for (int round = -warmUp; round < rounds; round++) {
        for (int column = 0; column < columns.size(); column++) {
          for (int lane = 0; lane < lanes.size(); lane++) {
            if (fits(columns.get(column), sizes.get(lane))) {
              Lane.Took ours = lanes.get(lane).ours(count);
              grid.put(lane, column, round, ours, lanes.get(lane).raw(count));
            }
          }
        }
      }
      report(run, sizes, lates, columns, grid);
    } finally {
      for (Lane lane : lanes) {
        lane.close();
      }
    }
  }

  private static boolean fits(Column column, int size) {
    return column.lateness() < size / 2;
  }

  private static void report(
      Run run, List<Integer> sizes, List<Long> lates, List<Column> columns, Grid grid) {
    List<Line> lines = new ArrayList<>();
    int last = sizes.size() - 1;
    for (Kind kind : KINDS) {
      int inOrder = columns.indexOf(new Column(kind, 0));
      List<Point> points = new ArrayList<>();
      for (int lane = 0; lane <= last; lane++) {
        for (long late : lates) {
          Column column = new Column(kind, late);
          if (fits(column, sizes.get(lane))) {
            Pairs pairs = grid.compareMedians(lane, columns.indexOf(column), lane, inOrder);
            run.add(
                Figure.cost(
                    String.format(Locale.ROOT, "%s, log %,d", column.text(), sizes.get(lane)),
                    "us",
                    1e6,
                    pairs,
                    "the same in order",
                    Bar.atMost(3)));
            if (lane == last) {
              points.add(new Point((double) late, Spread.of(pairs.ours()).median() * 1e6));
            }
          }
        }
      }
      lines.add(new Line(kind.words(), points));
      flatness(run, sizes, columns, kind, grid);
    }
    run.add(
        new Chart(
            "late-by-lateness",
            "One late operation, by how late it is",
            new Axis("operations that come after it", true),
            new Axis("microseconds", false),
            lines));
  }

  private static void flatness(
      Run run, List<Integer> sizes, List<Column> columns, Kind kind, Grid grid) {
    int last = sizes.size() - 1;
    List<Integer> fitting = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      Column candidate = columns.get(column);
      if (candidate.kind() == kind
          && candidate.lateness() > 0
          && fits(candidate, sizes.get(last))) {
        fitting.add(column);
      }
    }
    int earliest = fitting.get(0);
    int latest = fitting.get(fitting.size() - 1);
    if (latest != earliest) {
      run.add(
          Figure.cost(
              String.format(
                  Locale.ROOT,
                  "%s to %,d late, log %,d",
                  columns.get(latest).text(),
                  columns.get(earliest).lateness(),
                  sizes.get(last)),
              "us",
              1e6,
              grid.compareMedians(last, latest, last, earliest),
              "hardly late",
              Bar.atMost(1.3)));
    }
    if (last > 0) {
      run.add(
          Figure.cost(
              String.format(
                  Locale.ROOT,
                  "%s, log %,d to log %,d",
                  columns.get(earliest).text(),
                  sizes.get(last),
                  sizes.get(0)),
              "us",
              1e6,
              grid.compareMedians(last, earliest, 0, earliest),
              "the shortest log",
              Bar.atMost(1.3)));
    }
  }
}
