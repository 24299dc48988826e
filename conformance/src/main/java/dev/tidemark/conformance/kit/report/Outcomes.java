package dev.tidemark.conformance.kit.report;

import dev.tidemark.conformance.kit.rule.RuleText;
import dev.tidemark.conformance.kit.rule.Rules;
import dev.tidemark.spi.Capability;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the tests of one backend ended. Safe for several threads. */
final class Outcomes {
  /** How one test ended, the worst of its invocations. */
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

  /** What is known of one rule after the run. */
  enum Status {
    /** All its tests passed. */
    SHOWN,
    /** The same, but one of them had no means to count what the backend itself does. */
    UNCOUNTED,
    /** What it needs is declared off, and all its tests asserted the refusal. */
    REFUSED,
    /** Some test of it did not run, or had no means to show it. */
    NOT_VERIFIED,
    /** A test of it failed. */
    BROKEN
  }

  private final Map<KitTest, Outcome> ended = new LinkedHashMap<>();
  private final Set<KitTest> expected = new LinkedHashSet<>();
  private final Set<Capability> refused = EnumSet.noneOf(Capability.class);

  synchronized void expect(Collection<KitTest> tests) {
    tests.stream().filter(test -> !test.isSlow()).forEach(expected::add);
  }

  synchronized void passed(KitTest test, Refusals.Noted noted) {
    refused.addAll(noted.capabilities());
    if (noted.isLeftOpen()) {
      add(test, Outcome.LEFT_OPEN);
    } else if (!noted.capabilities().isEmpty()) {
      add(test, Outcome.REFUSED);
    } else {
      add(test, noted.isUncounted() ? Outcome.UNCOUNTED : Outcome.SHOWN);
    }
  }

  /** What other runs of the same classes have shown of tests that this one has left out. */
  synchronized void takeOver(StoredOutcomes stored) {
    if (expected.stream().anyMatch(test -> stored.tests().containsKey(test.key()))) {
      refused.addAll(stored.refused());
    }
    for (KitTest test : expected) {
      Outcome outcome = stored.tests().get(test.key());
      if (outcome != null) {
        ended.putIfAbsent(test, outcome);
      }
    }
  }

  synchronized StoredOutcomes toStore() {
    SortedMap<String, Outcome> tests = new TreeMap<>();
    ended.forEach((test, outcome) -> tests.put(test.key(), outcome));
    return new StoredOutcomes(tests, Set.copyOf(refused));
  }

  synchronized void skipped(KitTest test) {
    if (!test.isSlow()) {
      add(test, Outcome.SKIPPED);
    }
  }

  synchronized void failed(KitTest test) {
    add(test, Outcome.FAILED);
  }

  /** Invocations of a test with parameters end one by one. */
  private void add(KitTest test, Outcome outcome) {
    ended.merge(test, outcome, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }

  synchronized List<RuleText> rules(Status status) {
    return Rules.all().stream().filter(rule -> status(rule.name()) == status).toList();
  }

  private Status status(String rule) {
    List<Outcome> outcomes =
        ended.entrySet().stream()
            .filter(entry -> entry.getKey().rules().contains(rule))
            .map(Map.Entry::getValue)
            .toList();
    boolean isWhole =
        expected.stream()
            .filter(test -> test.rules().contains(rule))
            .allMatch(ended.keySet()::contains);
    if (outcomes.contains(Outcome.FAILED)) {
      return Status.BROKEN;
    }
    if (outcomes.isEmpty()
        || !isWhole
        || outcomes.contains(Outcome.SKIPPED)
        || outcomes.contains(Outcome.LEFT_OPEN)) {
      return Status.NOT_VERIFIED;
    }
    if (outcomes.contains(Outcome.UNCOUNTED)) {
      return Status.UNCOUNTED;
    }
    return outcomes.contains(Outcome.SHOWN) ? Status.SHOWN : Status.REFUSED;
  }

  /** The tests of a class, by whether they ended well. */
  synchronized long shownIn(Collection<KitTest> tests) {
    return tests.stream()
        .map(ended::get)
        .filter(outcome -> outcome != null && outcome.compareTo(Outcome.LEFT_OPEN) < 0)
        .count();
  }

  /** Whether a rule has a test that the author's class gave no means for. */
  synchronized boolean isLeftOpen(String rule) {
    return ended.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getValue() == Outcome.LEFT_OPEN && entry.getKey().rules().contains(rule));
  }

  /** The contracts of which tests are missing. */
  synchronized List<String> missing() {
    return expected.stream()
        .filter(test -> !ended.containsKey(test))
        .map(KitTest::contract)
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether all tests that were expected have ended. */
  synchronized boolean isWhole() {
    return ended.keySet().containsAll(expected);
  }

  synchronized int tests() {
    return ended.size();
  }

  synchronized int expectedTests() {
    return Math.max(expected.size(), ended.size());
  }

  synchronized List<KitTest> failures() {
    return ended.entrySet().stream()
        .filter(entry -> entry.getValue() == Outcome.FAILED)
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized Set<Capability> refused() {
    return Set.copyOf(refused);
  }
}
