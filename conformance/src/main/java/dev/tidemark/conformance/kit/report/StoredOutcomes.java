package dev.tidemark.conformance.kit.report;

import dev.tidemark.conformance.kit.report.Outcomes.Outcome;
import dev.tidemark.spi.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What runs of the same classes have shown so far, as a file keeps it between them: a line with the
 * mark of the classes, then one for each test and each capability declared off.
 *
 * @param tests how tests ended, by {@link KitTest#key}
 * @param refused what was declared off
 */
record StoredOutcomes(SortedMap<String, Outcome> tests, Set<Capability> refused) {
  private static final StoredOutcomes NONE = new StoredOutcomes(new TreeMap<>(), Set.of());
  private static final String OFF = "OFF";

  List<String> lines(String mark) {
    List<String> lines = new ArrayList<>();
    lines.add(mark);
    tests.forEach((test, outcome) -> lines.add(outcome + " " + test));
    new TreeSet<>(refused).forEach(capability -> lines.add(OFF + " " + capability));
    return lines;
  }

  /** Nothing, where the lines are those of other classes. */
  static StoredOutcomes of(List<String> lines, String mark) {
    if (lines.isEmpty() || !lines.get(0).equals(mark)) {
      return NONE;
    }
    SortedMap<String, Outcome> tests = new TreeMap<>();
    Set<Capability> refused = new TreeSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split(" ", 2);
      if (parts[0].equals(OFF)) {
        refused.add(Capability.valueOf(parts[1]));
      } else {
        tests.put(parts[1], Outcome.valueOf(parts[0]));
      }
    }
    return new StoredOutcomes(tests, refused);
  }
}
