package dev.tidemark.conformance.kit.report;

import dev.tidemark.conformance.kit.report.Ended.Outcome;
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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How the tests of one backend ended. Safe for several threads. */
final class Outcomes {
  /** What is known of one rule after the run. */
  enum Status {
    /** All its tests passed. */
    SHOWN,
    /** The same, but one of them had no means to count what the backend itself does. */
    UNCOUNTED,
    /** Some of its tests passed; others need what is declared off, and asserted the refusal. */
    IN_PART,
    /** What it needs is declared off, and all its tests asserted the refusal. */
    REFUSED,
    /** Some test of it did not run, or had no means to show it. */
    NOT_VERIFIED,
    /** A test of it failed. */
    BROKEN
  }

  /** The rule about refusing, which a refusal shows in full. */
  private static final String OF_REFUSALS = "B10";

  private final Map<KitTest, Ended> ended = new LinkedHashMap<>();
  private final Set<KitTest> expected = new LinkedHashSet<>();
  private final Set<KitTest> slow = new LinkedHashSet<>();
  private final Set<Capability> off = EnumSet.noneOf(Capability.class);

  synchronized void expect(Collection<KitTest> tests) {
    tests.forEach(test -> (test.isSlow() ? slow : expected).add(test));
  }

  /** What the backend declares off. */
  synchronized void declaredOff(Collection<Capability> capabilities) {
    off.addAll(capabilities);
  }

  synchronized void passed(KitTest test, Refusals.Noted noted) {
    off.addAll(noted.capabilities());
    add(test, Ended.passed(noted));
  }

  /** What other runs of the same classes have shown of tests that this one has left out. */
  synchronized void takeOver(StoredOutcomes stored) {
    Stream.concat(expected.stream(), slow.stream())
        .filter(test -> stored.tests().containsKey(test.key()))
        .forEach(
            test -> {
              ended.putIfAbsent(test, stored.tests().get(test.key()));
              off.addAll(stored.off());
            });
  }

  synchronized StoredOutcomes toStore() {
    SortedMap<String, Ended> tests = new TreeMap<>();
    ended.forEach((test, how) -> tests.put(test.key(), how));
    return new StoredOutcomes(tests, Set.copyOf(off));
  }

  synchronized void skipped(KitTest test) {
    if (!test.isSlow()) {
      add(test, Ended.as(Outcome.SKIPPED));
    }
  }

  synchronized void failed(KitTest test) {
    add(test, Ended.as(Outcome.FAILED));
  }

  private void add(KitTest test, Ended how) {
    ended.merge(test, how, Ended::and);
  }

  synchronized List<RuleText> rules(Status status) {
    return Rules.all().stream().filter(rule -> status(rule.name()) == status).toList();
  }

  private List<Ended> of(String rule) {
    return ended.entrySet().stream()
        .filter(entry -> entry.getKey().rules().contains(rule))
        .map(Map.Entry::getValue)
        .toList();
  }

  private Status status(String rule) {
    Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    of(rule).forEach(how -> outcomes.add(how.outcome()));
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
    if (outcomes.contains(Outcome.REFUSED) && !rule.equals(OF_REFUSALS)) {
      return outcomes.size() == 1 ? Status.REFUSED : Status.IN_PART;
    }
    return outcomes.contains(Outcome.UNCOUNTED) ? Status.UNCOUNTED : Status.SHOWN;
  }

  /** The capabilities that are off and that tests of a rule need. */
  synchronized SortedSet<Capability> missedBy(String rule) {
    SortedSet<Capability> missed = new TreeSet<>();
    of(rule).forEach(how -> missed.addAll(how.refused()));
    return missed;
  }

  /** The tests of a class, by whether they ended well. */
  synchronized long shownIn(Collection<KitTest> tests) {
    return tests.stream()
        .map(ended::get)
        .filter(how -> how != null && how.outcome().compareTo(Outcome.LEFT_OPEN) < 0)
        .count();
  }

  /** Whether a rule has a test that the author's class gave no means for. */
  synchronized boolean isLeftOpen(String rule) {
    return of(rule).stream().anyMatch(how -> how.outcome() == Outcome.LEFT_OPEN);
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

  /** The tests that run only when asked for, and were not. */
  synchronized List<KitTest> leftOut() {
    return slow.stream().filter(test -> !ended.containsKey(test)).toList();
  }

  /** Whether all tests that were expected have ended. */
  synchronized boolean isWhole() {
    return ended.keySet().containsAll(expected);
  }

  synchronized int tests() {
    return ended.size();
  }

  /** Of all tests; those with parameters have several. */
  synchronized int invocations() {
    return ended.values().stream().mapToInt(Ended::invocations).sum();
  }

  synchronized int expectedTests() {
    return Math.max(expected.size(), ended.size());
  }

  synchronized List<KitTest> failures() {
    return ended.entrySet().stream()
        .filter(entry -> entry.getValue().outcome() == Outcome.FAILED)
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized SortedSet<Capability> off() {
    return new TreeSet<>(off);
  }
}
