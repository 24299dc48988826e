package dev.tidemark.cli.command;

import dev.tidemark.api.CatchUp;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Text;
import java.util.List;

/** How the work of a catch-up is shown. */
final class WorkText {
  private WorkText() {}

  static List<String> lines(CatchUp work) {
    return work.operations() == 0
        ? List.of()
        : List.of(
            "It looked at %s again and wrote %s."
                .formatted(
                    Text.count(work.visited(), "operation"),
                    Text.count(work.rowsWritten(), "row")));
  }

  static Report addTo(Report report, CatchUp work) {
    return report
        .with("path", work.path().name())
        .with("operations", work.operations())
        .with("visited", work.visited())
        .with("rowsWritten", work.rowsWritten())
        .with("milliseconds", work.nanos() / 1_000_000);
  }
}
