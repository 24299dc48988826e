package dev.tidemark.cli.watch;

import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Table;
import dev.tidemark.cli.output.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the process that writes knows of itself: two pages of its metrics, and the time between. */
record WriterView(MetricsPage before, MetricsPage now, double seconds) {
  private static final List<Row> ROWS =
      List.of(
          new Row("chunks read", "tidemark_chunk_read_seconds", "result", "chunk"),
          new Row("chunks applied", "tidemark_chunk_apply_seconds", "", ""),
          new Row("appends", "tidemark_append_seconds", "", ""),
          new Row("catch-ups, in order", "tidemark_catchup_seconds", "path", "in_order"),
          new Row("  commuting", "tidemark_catchup_seconds", "path", "commuting"),
          new Row("  fresh subtree", "tidemark_catchup_seconds", "path", "fresh_subtree"),
          new Row("  replayed", "tidemark_catchup_seconds", "path", "replayed"),
          new Row("  rebuilt", "tidemark_catchup_seconds", "path", "rebuilt"));

  /** A timer to show. */
  private record Row(String title, String timer, String label, String value) {}

  List<String> lines() {
    Table table = new Table().row("", "per second", "p50", "p99");
    for (Row row : ROWS) {
      Activity activity = activity(row);
      table.row(
          row.title(),
          rate(activity.count()),
          duration(activity.quantile(0.5)),
          duration(activity.quantile(0.99)));
    }
    List<String> lines = new ArrayList<>(table.lines());
    double operations = change("tidemark_append_operations_sum");
    double late = change("tidemark_append_late_operations_total");
    lines.add("");
    lines.add(
        "Operations per second: %s, late: %s. Bytes per second read: %s, applied: %s."
            .formatted(
                rate(operations),
                operations == 0 ? "-" : Math.round(100 * late / operations) + " %",
                bytes("tidemark_chunk_read_size_bytes_sum"),
                bytes("tidemark_chunk_apply_size_bytes_sum")));
    lines.add("Errors since it started: " + counts("tidemark_errors_total", "code") + ".");
    lines.add("Retries since it started: " + counts("tidemark_retries_total", "cause") + ".");
    return lines;
  }

  Report report() {
    List<Report> timers = new ArrayList<>();
    for (Row row : ROWS) {
      Activity activity = activity(row);
      timers.add(
          new Report()
              .with("timer", row.timer())
              .with(row.label().isEmpty() ? "of" : row.label(), value(row))
              .with("perSecond", seconds == 0 ? null : activity.count() / seconds)
              .with("p50Seconds", orNull(activity.quantile(0.5)))
              .with("p99Seconds", orNull(activity.quantile(0.99))));
    }
    return new Report()
        .with("timers", timers)
        .with("operations", (long) change("tidemark_append_operations_sum"))
        .with("late", (long) change("tidemark_append_late_operations_total"))
        .with("errors", (long) MetricsPage.sum(now.all("tidemark_errors_total")))
        .with("retries", (long) MetricsPage.sum(now.all("tidemark_retries_total")));
  }

  private static String value(Row row) {
    return row.value().isEmpty() ? "all" : row.value();
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private Activity activity(Row row) {
    return Activity.of(before, now, row.timer(), row.label(), row.value());
  }

  /** A counter that went back belongs to a process that was started again. */
  private double change(String counter) {
    double end = MetricsPage.sum(now.all(counter));
    double start = MetricsPage.sum(before.all(counter));
    return end >= start ? end - start : end;
  }

  private String rate(double change) {
    return seconds == 0 ? "-" : Text.count(Math.round(change / seconds));
  }

  private String bytes(String counter) {
    return seconds == 0 ? "-" : Text.size(Math.round(change(counter) / seconds));
  }

  private String counts(String counter, String label) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Double> entry : now.by(counter, label).entrySet()) {
      if (entry.getValue() > 0) {
        parts.add(entry.getKey() + " " + Text.count(Math.round(entry.getValue())));
      }
    }
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  private static String duration(OptionalDouble seconds) {
    return seconds.isEmpty() ? "-" : Text.duration(Math.round(seconds.getAsDouble() * 1e9));
  }
}
