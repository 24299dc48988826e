package dev.tidemark.conformance.kit.report;

import dev.tidemark.conformance.kit.report.Outcomes.Status;
import dev.tidemark.conformance.kit.rule.RuleText;
import dev.tidemark.conformance.kit.rule.Rules;
import dev.tidemark.spi.Capability;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
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
      line.append(names(Status.UNCOUNTED)).append(')');
    }
    add(line, Status.IN_PART, "in part");
    add(line, Status.REFUSED, "refused");
    if (!outcomes.off().isEmpty()) {
      line.append(", off: ").append(joined(outcomes.off()));
    }
    add(line, Status.NOT_VERIFIED, "not verified");
    add(line, Status.BROKEN, "broken");
    return line.toString();
  }

  private void add(StringBuilder line, Status status, String word) {
    if (count(status) > 0) {
      line.append(", ").append(count(status)).append(' ').append(word);
      line.append(" (").append(names(status)).append(')');
    }
  }

  private String names(Status status) {
    return rules(status).stream().map(RuleText::name).collect(Collectors.joining(", "));
  }

  private static String joined(Collection<Capability> capabilities) {
    return capabilities.stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  private long count(Status status) {
    return rules(status).size();
  }

  private List<RuleText> rules(Status status) {
    return outcomes.rules(status);
  }

  /** The whole report: first what is wrong, and last what is shown. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("Backend ").append(backend).append('\n');
    counts(text);
    text.append("Capabilities declared off: ");
    text.append(outcomes.off().isEmpty() ? "none" : joined(outcomes.off())).append("\n\n");
    if (!outcomes.failures().isEmpty()) {
      text.append("Failed (").append(outcomes.failures().size()).append(")\n");
      outcomes.failures().forEach(test -> text.append("  ").append(test).append('\n'));
      text.append('\n');
    }
    section(text, "Broken", Status.BROKEN);
    if (outcomes.isWhole()) {
      section(text, "Not verified", Status.NOT_VERIFIED);
    } else {
      text.append("Not verified: ").append(count(Status.NOT_VERIFIED));
      text.append(" rules, as tests of them are missing\n\n");
    }
    Function<RuleText, String> missed = rule -> ": " + joined(outcomes.missedBy(rule.name()));
    section(text, "Refused: declared off, and the refusal asserted", Status.REFUSED, missed);
    section(
        text,
        "Shown in part: some of it is declared off, and the refusal asserted",
        Status.IN_PART,
        missed);
    section(
        text, "Shown, not counted: what the backend itself does was not seen", Status.UNCOUNTED);
    section(text, "Shown", Status.SHOWN);
    text.append(outcomes.isWhole() ? badge() : "No line to publish: this is no whole run");
    return text.append('\n').toString();
  }

  private void counts(StringBuilder text) {
    text.append(outcomes.tests()).append(" of ").append(outcomes.expectedTests());
    text.append(" tests of the kit were run, in ").append(outcomes.invocations());
    text.append(" invocations").append(outcomes.isWhole() ? "\n" : "; this is no whole run\n");
    if (!outcomes.isWhole()) {
      text.append("Tests are missing of ").append(String.join(", ", outcomes.missing()));
      text.append('\n');
    }
    for (KitTest test : outcomes.leftOut()) {
      text.append("Left out as it is slow, unless tidemark.large=true: ");
      text.append(test.contract()).append('#').append(test.method()).append('\n');
    }
  }

  private void section(StringBuilder text, String title, Status status) {
    section(text, title, status, rule -> "");
  }

  private void section(
      StringBuilder text, String title, Status status, Function<RuleText, String> remark) {
    List<RuleText> rules = rules(status);
    if (rules.isEmpty()) {
      return;
    }
    text.append(title).append(" (").append(rules.size()).append(")\n");
    for (RuleText rule : rules) {
      text.append("  ").append(rule).append(remark.apply(rule)).append('\n');
    }
    text.append('\n');
  }
}
