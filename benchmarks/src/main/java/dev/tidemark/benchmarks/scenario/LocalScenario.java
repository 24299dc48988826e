package dev.tidemark.benchmarks.scenario;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.benchmarks.data.BalancedTree;
import dev.tidemark.benchmarks.data.Bytes;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.result.Bar;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Pairs;
import dev.tidemark.core.Document;
import dev.tidemark.core.LocalReplica;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one user does, each step a durable transaction. */
public final class LocalScenario implements Scenario {
  private enum Kind {
    INSERT,
    MOVE,
    PAYLOAD,
    DELETE
  }

  private static final List<Kind> KINDS = List.of(Kind.values());

  @Override
  public String name() {
    return "local";
  }

  @Override
  public String title() {
    return "Single local insert, move, payload edit, delete, own transaction each, SQLite";
  }

  @Override
  public void measure(Run run) throws Exception {
    List<Integer> sizes =
        run.pick(List.of(1_000), List.of(10_000, 100_000), List.of(10_000, 100_000, 1_000_000));
    int count = run.pick(2, 100, 200);
    int warmUp = run.pick(0, 3, 3);
    int rounds = run.settings().rounds();
    List<Lane> lanes = new ArrayList<>();
    try {
      for (int size : sizes) {
        List<Consumer<Document>> steps = steps(size, warmUp + rounds, count);
        lanes.add(Lane.open(run.stores(), run.stores().tree(size), steps));
      }
      Grid grid = new Grid(lanes.size(), KINDS.size(), rounds);
      for (int round = -warmUp; round < rounds; round++) {
        for (Kind kind : KINDS) {
          for (int lane = 0; lane < lanes.size(); lane++) {
            Lane.Took ours = lanes.get(lane).ours(count);
            double raw = lanes.get(lane).raw(count);
            grid.put(lane, KINDS.indexOf(kind), round, ours, raw);
          }
        }
      }
      report(run, sizes, grid);
    } finally {
      for (Lane lane : lanes) {
        lane.close();
      }
    }
  }

  private static void report(Run run, List<Integer> sizes, Grid grid) {
    for (Kind kind : KINDS) {
      String word = kind.name().toLowerCase(Locale.ROOT);
      for (int lane = 0; lane < sizes.size(); lane++) {
        run.add(
            Figure.rate(
                String.format(Locale.ROOT, "%s, document of %,d", word, sizes.get(lane)),
                "op/s",
                1,
                grid.pairs(lane, KINDS.indexOf(kind)),
                "the same rows",
                Bar.atLeast(0.5)));
      }
      int last = sizes.size() - 1;
      if (last > 0) {
        String what =
            String.format(
                Locale.ROOT,
                "%s, document of %,d to one of %,d",
                word,
                sizes.get(last),
                sizes.get(0));
        int column = KINDS.indexOf(kind);
        Bar bar = Bar.atMost(1.3);
        flat(run, what + ", median", grid.compareMedians(last, column, 0, column), bar);
        flat(run, what + ", mean", grid.compareMeans(last, column, 0, column), bar);
        flat(run, what + ", baseline's mean", grid.compareBaselines(last, column, 0), null);
      }
    }
  }

  private static void flat(Run run, String what, Pairs pairs, @Nullable Bar bar) {
    run.add(Figure.cost(what, "us", 1e6, pairs, "smallest document", bar));
  }

  private static List<Consumer<Document>> steps(int size, int rounds, int count) {
    Bytes random = new Bytes(size);
    Set<Long> used = new HashSet<>();
    List<Consumer<Document>> steps = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (Kind kind : KINDS) {
        for (int i = 0; i < count; i++) {
          long folders = size / BalancedTree.FANOUT;
          NodeId folder = BalancedTree.node(random.below(folders));
          long leaf;
          do {
            leaf = folders + 1 + random.below(size - folders - 1);
          } while (!used.add(leaf));
          steps.add(step(kind, BalancedTree.node(leaf), folder, random.next(64)));
        }
      }
    }
    return steps;
  }

  private static Consumer<Document> step(Kind kind, NodeId leaf, NodeId folder, byte[] content) {
    return document -> {
      LocalReplica me = document.replica(BalancedTree.author(2));
      switch (kind) {
        case INSERT -> me.insert(folder, Placement.last(), Payload.of(content));
        case MOVE -> me.move(leaf, folder, Placement.last());
        case PAYLOAD -> me.setPayload(leaf, Payload.of(content));
        case DELETE -> me.delete(leaf);
      }
    };
  }
}
