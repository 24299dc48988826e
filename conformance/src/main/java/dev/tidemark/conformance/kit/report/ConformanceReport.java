package dev.tidemark.conformance.kit.report;

import dev.tidemark.conformance.kit.report.Outcomes.Status;
import dev.tidemark.conformance.kit.rule.RuleText;
import dev.tidemark.conformance.kit.rule.Rules;
import java.util.List;
import java.util.stream.Collectors;

/** The closing report of one backend, as text. */
final class ConformanceReport {
  /** Of the rules and tests of this kit; grows with each release that adds a rule. */
  private static final String VERSION = "1.0";

  private final String backend;
  private final Outcomes outcomes;

  ConformanceReport(String backend, Outcomes outcomes) {
    this.backend = backend;
    this.outcomes = outcomes;
  }

  /** One line that may be published; with what is missing, where something is. */
  String badge() {
    StringBuilder line = new StringBuilder("Tidemark conformance " + VERSION + ": ");
    line.append(count(Status.SHOWN) + count(Status.UNCOUNTED));
    line.append(" of ").append(Rules.all().size()).append(" rules");
    if (count(Status.UNCOUNTED) > 0) {
      line.append(" (").append(count(Status.UNCOUNTED)).append(" not counted: ");
      line.append(
          rules(Status.UNCOUNTED).stream().map(RuleText::name).collect(Collectors.joining(", ")));
      line.append(')');
    }
    add(line, Status.REFUSED, "refused");
    add(line, Status.NOT_VERIFIED, "not verified");
    add(line, Status.BROKEN, "broken");
    return line.toString();
  }

  private void add(StringBuilder line, Status status, String word) {
    if (count(status) > 0) {
      line.append(", ").append(count(status)).append(' ').append(word);
    }
  }

  private long count(Status status) {
    return rules(status).size();
  }

  private List<RuleText> rules(Status status) {
    return outcomes.rules(status);
  }

  /** The whole report. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("Backend ").append(backend).append('\n');
    text.append(outcomes.tests()).append(" of ").append(outcomes.expectedTests());
    text.append(" tests of the kit were run");
    text.append(outcomes.isWhole() ? "\n" : "; this is no whole run\n");
    if (!outcomes.isWhole()) {
      text.append("Tests are missing of ").append(String.join(", ", outcomes.missing()));
      text.append('\n');
    }
    text.append('\n');
    section(text, "Shown", Status.SHOWN);
    section(
        text, "Shown, not counted: what the backend itself does was not seen", Status.UNCOUNTED);
    section(text, "Refused: declared off, and the refusal asserted", Status.REFUSED);
    section(text, "Not verified", Status.NOT_VERIFIED);
    section(text, "Broken", Status.BROKEN);
    if (!outcomes.failures().isEmpty()) {
      text.append("Failed\n");
      outcomes.failures().forEach(test -> text.append("  ").append(test).append('\n'));
      text.append('\n');
    }
    if (!outcomes.refused().isEmpty()) {
      text.append("Capabilities declared off: ");
      text.append(
          outcomes.refused().stream().map(Enum::name).sorted().collect(Collectors.joining(", ")));
      text.append("\n\n");
    }
    text.append(outcomes.isWhole() ? badge() : "No line to publish: this is no whole run");
    return text.append('\n').toString();
  }

  private void section(StringBuilder text, String title, Status status) {
    List<RuleText> rules = rules(status);
    if (rules.isEmpty()) {
      return;
    }
    text.append(title).append(" (").append(rules.size()).append(")\n");
    rules.forEach(rule -> text.append("  ").append(rule).append('\n'));
    text.append('\n');
  }
}
