package dev.tidemark.conformance.kit.report;

import dev.tidemark.spi.Capability;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How one test ended.
 *
 * @param outcome the worst of its invocations
 * @param invocations how many there were, as test runners count them
 * @param refused the capabilities of which it asserted the refusal instead
 */
record Ended(Outcome outcome, int invocations, Set<Capability> refused) {
  /** From the best to the worst. */
  enum Outcome {
    SHOWN,
    /** Passed, but nothing counted what the backend itself does. */
    UNCOUNTED,
    REFUSED,
    /** The author's class gives the kit no means to show it. */
    LEFT_OPEN,
    SKIPPED,
    FAILED
  }

  Ended {
    refused = Set.copyOf(refused);
  }

  /** Of one invocation that asserted no refusal. */
  static Ended as(Outcome outcome) {
    return new Ended(outcome, 1, Set.of());
  }

  static Ended passed(Refusals.Noted noted) {
    Outcome outcome = noted.isUncounted() ? Outcome.UNCOUNTED : Outcome.SHOWN;
    if (!noted.capabilities().isEmpty()) {
      outcome = Outcome.REFUSED;
    }
    return new Ended(noted.isLeftOpen() ? Outcome.LEFT_OPEN : outcome, 1, noted.capabilities());
  }

  /** Both, as invocations of a test with parameters end one by one. */
  Ended and(Ended other) {
    Set<Capability> both = EnumSet.noneOf(Capability.class);
    both.addAll(refused);
    both.addAll(other.refused);
    return new Ended(
        outcome.compareTo(other.outcome) > 0 ? outcome : other.outcome,
        invocations + other.invocations,
        both);
  }

  /** As a file keeps it. */
  String line() {
    return outcome
        + " "
        + invocations
        + " "
        + new TreeSet<>(refused).stream().map(Enum::name).collect(Collectors.joining(","));
  }

  /** Reads what {@link #line} has made. */
  static Ended parse(String line) {
    String[] parts = line.split(" ", -1);
    Set<Capability> refused = EnumSet.noneOf(Capability.class);
    Arrays.stream(parts[2].split(",", -1))
        .filter(name -> !name.isEmpty())
        .map(Capability::valueOf)
        .forEach(refused::add);
    return new Ended(Outcome.valueOf(parts[0]), Integer.parseInt(parts[1]), refused);
  }
}
