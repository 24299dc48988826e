package dev.tidemark.conformance.kit.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads rules: paragraphs of a line with name and title, and lines {@code must:}, {@code why:} and
 * {@code look:} that go on where the next one is indented. Lines that start with # are comments.
 */
final class RuleParser {
  private static final List<String> FIELDS = List.of("must: ", "why: ", "look: ");

  private RuleParser() {}

  static Map<String, RuleText> parse(String text) {
    Map<String, RuleText> rules = new LinkedHashMap<>();
    String withoutComments = text.replaceAll("(?m)^#.*\n", "");
    for (String paragraph : withoutComments.strip().split("\n{2,}", -1)) {
      RuleText rule = rule(paragraph.replaceAll("\n +", " ").lines().toList());
      if (rules.put(rule.name(), rule) != null) {
        throw new IllegalArgumentException("rule " + rule.name() + " stands twice");
      }
    }
    return rules;
  }

  private static RuleText rule(List<String> lines) {
    String head = lines.get(0);
    int blank = head.indexOf(' ');
    if (blank < 0 || !head.substring(0, blank).matches("[A-Z][0-9]+") || lines.size() != 4) {
      throw new IllegalArgumentException("no rule: " + lines);
    }
    return new RuleText(
        head.substring(0, blank),
        head.substring(blank + 1),
        field(lines, 0),
        field(lines, 1),
        field(lines, 2));
  }

  private static String field(List<String> lines, int number) {
    String line = lines.get(number + 1);
    String name = FIELDS.get(number);
    if (!line.startsWith(name)) {
      throw new IllegalArgumentException("expected " + name + "in " + line);
    }
    return line.substring(name.length());
  }
}
