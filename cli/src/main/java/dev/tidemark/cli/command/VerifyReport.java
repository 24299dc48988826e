package dev.tidemark.cli.command;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.cli.job.ExpectedState.Comparison;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.TreeHash;
import dev.tidemark.core.VerificationReport;
import dev.tidemark.core.VerificationReport.Difference;
import dev.tidemark.core.VerificationReport.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a verification found, in both forms.
 *
 * @param document the document
 * @param repair what was found and done before, where the tree was made again
 * @param fold the comparison with the log, after that
 * @param tree the stored tree
 * @param comparisons the comparison with the expected file; empty without one
 */
record VerifyReport(
    DocumentId document,
    Optional<Repair> repair,
    VerificationReport fold,
    TreeHash tree,
    List<Comparison> comparisons) {
  private static final int MOST_LINES = 20;

  VerifyReport {
    comparisons = List.copyOf(comparisons);
  }

  static String pending(ReplayFrontier frontier) {
    return "the tree does not have the last "
        + Text.count(frontier.pending(), "operation")
        + " yet; the command looks at the tree as it is";
  }

  boolean isVerified() {
    return fold.isIdentical() && unexpected().isEmpty();
  }

  private List<Comparison> unexpected() {
    return comparisons.stream().filter(comparison -> !comparison.isEqual()).toList();
  }

  Report toReport() {
    return new Report()
        .with("document", document.value())
        .with("verified", isVerified())
        .with("repaired", repair.isPresent())
        .with("differencesBefore", repair.map(done -> done.damage().differences()).orElse(null))
        .with("operations", fold.operations())
        .with("nodes", fold.nodes())
        .with("tombstonedNodes", fold.tombstoned())
        .with("ineffectiveOperations", fold.ineffective())
        .with("differenceCount", fold.differenceCount())
        .with("differences", fold.differences().stream().map(VerifyReport::toReport).toList())
        .with("treeHash", tree.hex())
        .with("visibleNodes", tree.visibleNodes())
        .with("comparedWithFile", comparisons.size())
        .with("unexpected", unexpected().stream().map(VerifyReport::toReport).toList());
  }

  private static Report toReport(Difference difference) {
    return new Report()
        .with("part", difference.part().name())
        .with("node", difference.node())
        .with("expected", difference.expected())
        .with("actual", difference.actual());
  }

  private static Report toReport(Comparison comparison) {
    return new Report()
        .with("name", comparison.name())
        .with("expected", comparison.expected())
        .with("actual", comparison.actual());
  }

  List<String> toLines() {
    List<String> lines = new ArrayList<>();
    repair.ifPresent(done -> lines.addAll(done.toLines()));
    lines.add(
        "Folded %s on %s: %s."
            .formatted(
                Text.count(fold.operations(), "operation"),
                Text.count(fold.nodes(), "node"),
                fold.isIdentical()
                    ? "the stored tree is the same"
                    : "the stored tree has " + Text.count(fold.differenceCount(), "difference")));
    lines.addAll(list(fold));
    lines.addAll(Repair.remedies(fold));
    lines.add(
        "Tree hash %s, %s.".formatted(tree.hex(), Text.count(tree.visibleNodes(), "visible node")));
    if (!comparisons.isEmpty()) {
      lines.add(
          unexpected().isEmpty()
              ? "All %s that the file names are as expected."
                  .formatted(Text.count(comparisons.size(), "value"))
              : "Of %s that the file names, %s not as expected."
                  .formatted(
                      Text.count(comparisons.size(), "value"),
                      Text.count(unexpected().size())
                          + (unexpected().size() == 1 ? " is" : " are")));
    }
    for (Comparison comparison : unexpected()) {
      lines.add(
          "  %s: expected %s, is %s"
              .formatted(comparison.name(), comparison.expected(), comparison.actual()));
    }
    return lines;
  }

  static List<String> list(VerificationReport found) {
    List<String> lines = new ArrayList<>();
    found.differences().stream().limit(MOST_LINES).map(VerifyReport::line).forEach(lines::add);
    if (found.differenceCount() > MOST_LINES) {
      lines.add(
          "  and "
              + Text.count(found.differenceCount() - MOST_LINES)
              + " more; --json lists up to "
              + Text.count(VerificationReport.MOST_LISTED));
    }
    return lines;
  }

  private static String line(Difference difference) {
    if (difference.part() == Part.LOG) {
      return "  log: there should be %s, there is %s"
          .formatted(difference.expected(), difference.actual());
    }
    String node = difference.node() == null ? "" : " of node " + difference.node();
    return "  %s%s: the log says %s, stored is %s"
        .formatted(
            difference.part().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            node,
            difference.expected(),
            difference.actual());
  }
}
