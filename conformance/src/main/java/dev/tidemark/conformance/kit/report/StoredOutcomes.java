package dev.tidemark.conformance.kit.report;

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
 * @param off what is declared off
 */
record StoredOutcomes(SortedMap<String, Ended> tests, Set<Capability> off) {
  private static final StoredOutcomes NONE = new StoredOutcomes(new TreeMap<>(), Set.of());
  private static final String OFF = "OFF";

  List<String> lines(String mark) {
    List<String> lines = new ArrayList<>();
    lines.add(mark);
    tests.forEach((test, ended) -> lines.add(test + " " + ended.line()));
    new TreeSet<>(off).forEach(capability -> lines.add(OFF + " " + capability));
    return lines;
  }

  /** Nothing, where the lines are those of other classes. */
  static StoredOutcomes of(List<String> lines, String mark) {
    if (lines.isEmpty() || !lines.get(0).equals(mark)) {
      return NONE;
    }
    SortedMap<String, Ended> tests = new TreeMap<>();
    Set<Capability> off = new TreeSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split(" ", 2);
      if (parts[0].equals(OFF)) {
        off.add(Capability.valueOf(parts[1]));
      } else {
        tests.put(parts[0], Ended.parse(parts[1]));
      }
    }
    return new StoredOutcomes(tests, off);
  }
}
