package dev.tidemark.cli.watch;

import dev.tidemark.api.DocumentId;
import dev.tidemark.cli.output.Report;
import dev.tidemark.core.Tidemark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows the figures of a store again and again: what any process can see of it, and, where its
 * metrics are shown, what only the process that writes it knows.
 */
public final class StatsWatch {
  private final Tidemark store;
  private final StoreView view;
  private final @Nullable MetricsSource writer;
  private @Nullable MetricsPage last;
  private long lastNanos;

  /**
   * One round.
   *
   * @param lines for people
   * @param report for scripts
   */
  public record Round(List<String> lines, Report report) {}

  /**
   * Prepares to look.
   *
   * @param store the store, opened for reading
   * @param document the only document to look at; null for all
   * @param writer where the process that writes shows its metrics; null if that is not known
   */
  public StatsWatch(Tidemark store, @Nullable DocumentId document, @Nullable MetricsSource writer) {
    this.store = store;
    this.view = new StoreView(store, document);
    this.writer = writer;
  }

  /**
   * Looks once.
   *
   * @return what is to be shown
   */
  public Round look() {
    StoreView.Look look = view.look();
    List<String> lines = new ArrayList<>();
    lines.add(store.toString());
    lines.add("");
    lines.addAll(look.lines());
    lines.add("");
    Report report = new Report().with("store", store.toString()).with("documents", look.reports());
    if (writer == null) {
      lines.add("Latencies, late operations, errors and retries are known to the process that");
      lines.add("writes: run it with --metrics-port, and name it here with --metrics.");
    } else {
      addWriter(writer, lines, report);
    }
    return new Round(lines, report);
  }

  private void addWriter(MetricsSource source, List<String> lines, Report report) {
    long nanos = System.nanoTime();
    try {
      MetricsPage page = source.read();
      // The first round has nothing to compare with: it shows everything since the start.
      MetricsPage before = last == null ? MetricsPage.parse("") : last;
      double seconds = last == null ? 0 : (nanos - lastNanos) / 1e9;
      WriterView figures = new WriterView(before, page, seconds);
      String since = last == null ? "since it started" : "since the last look";
      lines.add("What " + source + " did " + since + ":");
      lines.add("");
      lines.addAll(figures.lines());
      report.with("writer", figures.report());
      last = page;
      lastNanos = nanos;
    } catch (IOException e) {
      lines.add(e.getMessage() + ".");
      report.with("writer", null).with("problem", e.getMessage());
      last = null;
    }
  }
}
