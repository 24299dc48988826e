package dev.tidemark.cli.watch;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Table;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.Document;
import dev.tidemark.core.DocumentStatus;
import dev.tidemark.core.Tidemark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What any process can see of a store: how its documents stand, and how they change. */
final class StoreView {
  private static final int PAGE = 1000;
  private static final int MOST_ROWS = 20;

  private final Tidemark store;
  private final @Nullable DocumentId only;
  private Map<DocumentId, Seen> last = Map.of();
  private long lastNanos;

  /** A document at one look; behindSince is when it was first seen behind, 0 while it is not. */
  private record Seen(
      DocumentId id,
      long version,
      long operations,
      long pending,
      int staged,
      long behindSince,
      double perSecond) {
    Seen {
      perSecond = Math.max(0, perSecond);
    }
  }

  StoreView(Tidemark store, @Nullable DocumentId only) {
    this.store = store;
    this.only = only;
  }

  /** Looks at the documents; the figures per second are of the time since the last look. */
  Look look() {
    long now = System.nanoTime();
    Map<DocumentId, Seen> current = new HashMap<>();
    if (only != null) {
      current.put(only, see(store.document(only), now));
    } else {
      DocumentId after = null;
      List<DocumentId> page;
      do {
        page = store.documents(after, PAGE);
        for (DocumentId id : page) {
          current.put(id, see(store.document(id), now));
          after = id;
        }
      } while (page.size() == PAGE);
    }
    Look look = new Look(List.copyOf(current.values()), now, lastNanos != 0);
    last = current;
    lastNanos = now;
    return look;
  }

  private Seen see(Document document, long now) {
    DocumentStatus status = document.status();
    Seen before = last.get(document.id());
    long pending = status.frontier().map(ReplayFrontier::pending).orElse(0L);
    double seconds = (now - lastNanos) / 1e9;
    long since = before == null || before.behindSince == 0 ? now : before.behindSince;
    return new Seen(
        document.id(),
        status.version(),
        status.operations(),
        pending,
        document.stagedPayloads(),
        pending == 0 ? 0 : since,
        before == null ? 0 : (status.operations() - before.operations) / seconds);
  }

  /** One look at all documents. */
  record Look(List<Seen> documents, long nanos, boolean hasRates) {
    List<String> lines() {
      Table table =
          new Table()
              .row("document", "operations", "per second", "version", "pending", "since", "staged");
      List<Seen> shown =
          documents.stream()
              .sorted(
                  Comparator.comparingDouble(Seen::perSecond)
                      .thenComparingLong(Seen::pending)
                      .thenComparingInt(Seen::staged)
                      .thenComparingLong(Seen::operations)
                      .reversed()
                      .thenComparing(seen -> seen.id().value()))
              .limit(MOST_ROWS)
              .toList();
      for (Seen seen : shown) {
        table.row(
            seen.id.value(),
            Text.count(seen.operations),
            hasRates ? Text.count(Math.round(seen.perSecond)) : "-",
            Text.count(seen.version),
            Text.count(seen.pending),
            seen.behindSince == 0 ? "-" : Text.duration(nanos - seen.behindSince),
            Text.count(seen.staged));
      }
      List<String> lines = new ArrayList<>(table.lines());
      int more = documents.size() - shown.size();
      if (more > 0) {
        lines.add("and " + Text.count(more, "document") + " more, quieter ones");
      }
      return lines;
    }

    List<Report> reports() {
      return documents.stream()
          .sorted(Comparator.comparing(seen -> seen.id.value()))
          .map(
              seen ->
                  new Report()
                      .with("document", seen.id.value())
                      .with("operations", seen.operations)
                      .with("operationsPerSecond", hasRates ? seen.perSecond : null)
                      .with("version", seen.version)
                      .with("pending", seen.pending)
                      .with(
                          "pendingForMilliseconds",
                          seen.behindSince == 0 ? 0 : (nanos - seen.behindSince) / 1_000_000)
                      .with("staged", seen.staged))
          .toList();
    }
  }
}
