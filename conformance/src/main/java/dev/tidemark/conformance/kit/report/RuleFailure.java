package dev.tidemark.conformance.kit.report;

import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.kit.rule.RuleText;
import dev.tidemark.conformance.kit.rule.Rules;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.IncompleteExecutionException;

/** Makes failures say which rule is broken, and what to look at. */
public final class RuleFailure {
  /** An assertion that says of which of the test's rules it is: {@code as("R3: rows read")}. */
  private static final Pattern LABEL = Pattern.compile("\\[([A-Z][0-9]+): ");

  private RuleFailure() {}

  /**
   * Describes a failure of a test by its rules. A failed assertion stays one; a typed error of the
   * store becomes one, and so does the end of a test's time: where a test has one, something waits
   * that must not. Anything else is no verdict on a rule, and says so.
   *
   * @param test the test
   * @param failure what it threw
   * @return what to throw instead
   */
  static Throwable describe(KitTest test, Throwable failure) {
    if (failure instanceof IncompleteExecutionException || test.rules().isEmpty()) {
      return failure;
    }
    if (failure instanceof AssertionError
        || failure instanceof TidemarkException
        || failure instanceof TimeoutException) {
      return violation(broken(test.rules(), String.valueOf(failure.getMessage())), failure);
    }
    return new IllegalStateException(
        "no verdict on " + test.rules() + ", as the test itself did not end: " + failure, failure);
  }

  /**
   * Tells which rules a failure is about.
   *
   * @param rules those of the test
   * @param message the message of the failure
   * @return the one that the failed assertion names, or else all of the test
   */
  static List<String> broken(List<String> rules, String message) {
    Matcher label = LABEL.matcher(String.valueOf(message));
    return label.find() && rules.contains(label.group(1)) ? List.of(label.group(1)) : rules;
  }

  private static AssertionFailedError violation(List<String> rules, Throwable failure) {
    StringBuilder message = new StringBuilder();
    for (String name : rules) {
      RuleText rule = Rules.get(name);
      message.append("rule ").append(rule).append(" is broken\n");
      message.append("  must hold: ").append(rule.must()).append('\n');
      message.append("  look at:   ").append(rule.look()).append('\n');
    }
    message.append(failure.getMessage());
    AssertionFailedError described;
    if (failure instanceof AssertionFailedError original && original.isExpectedDefined()) {
      described =
          new AssertionFailedError(
              message.toString(), original.getExpected(), original.getActual(), failure);
    } else {
      described = new AssertionFailedError(message.toString(), failure);
    }
    // What a reader clicks on is where the assertion stands.
    described.setStackTrace(failure.getStackTrace());
    return described;
  }
}
