package dev.tidemark.cli.demo;

import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.Document;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cuts a log into windows that together hold every operation once, and shuffles them: whoever
 * applies them in that order gets most operations late.
 *
 * @param ranges into how many ranges the versions are cut
 * @param windows the windows, shuffled
 */
record WindowPlan(int ranges, List<ChunkRequest> windows) {
  private static final int RANGES = 8;

  WindowPlan {
    windows = List.copyOf(windows);
  }

  static WindowPlan of(Document document, long seed) {
    long version = document.status().version();
    Set<ReplicaId> someAuthors = everySecondAuthor(document, version);
    List<ChunkRequest> windows = new ArrayList<>();
    for (int range = 0; range < RANGES; range++) {
      ChunkRequest both =
          ChunkRequest.after(version * range / RANGES)
              .withWatermark(version * (range + 1) / RANGES)
              .withChunkSize(ChunkSize.MIN);
      windows.add(both.withFilter(OperationFilter.only(someAuthors)));
      windows.add(both.withFilter(OperationFilter.except(someAuthors)));
    }
    Collections.shuffle(windows, new Random(seed));
    return new WindowPlan(RANGES, windows);
  }

  private static Set<ReplicaId> everySecondAuthor(Document document, long version) {
    Set<ReplicaId> authors = new TreeSet<>();
    document.readLog(
        Position.START,
        version,
        logged -> {
          authors.add(logged.operation().id().replica());
          return true;
        });
    Set<ReplicaId> chosen = new TreeSet<>();
    boolean isChosen = true;
    for (ReplicaId author : authors) {
      if (isChosen) {
        chosen.add(author);
      }
      isChosen = !isChosen;
    }
    return chosen;
  }
}
