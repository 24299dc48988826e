package dev.tidemark.conformance.kit.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;

/** All rules, read from {@code rules.txt} beside this class. */
public final class Rules {
  private static final Map<String, RuleText> ALL = RuleParser.parse(text());

  private Rules() {}

  /**
   * Returns all rules.
   *
   * @return the rules, topic by topic
   */
  public static Collection<RuleText> all() {
    return Collections.unmodifiableCollection(ALL.values());
  }

  /**
   * Returns one rule.
   *
   * @param name its name, such as {@code B4}
   * @return the rule
   * @throws IllegalArgumentException if there is no such rule
   */
  public static RuleText get(String name) {
    RuleText rule = ALL.get(name);
    if (rule == null) {
      throw new IllegalArgumentException("no rule " + name + "; there are " + ALL.keySet());
    }
    return rule;
  }

  private static String text() {
    try (InputStream in = Rules.class.getResourceAsStream("rules.txt")) {
      if (in == null) {
        throw new IllegalStateException("rules.txt is missing from the conformance kit");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
