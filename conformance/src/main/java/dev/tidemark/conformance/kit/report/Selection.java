package dev.tidemark.conformance.kit.report;

import dev.tidemark.conformance.kit.BackendConformance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tests of the kit that are asked for, by the name of a group, a contract or a test: {@code
 * Storage}, {@code Replay.LongHistory}, {@code Storage.Log#nameOfTheTest}, separated by commas.
 * Test runners select by the class that a test stands in, and those of the kit stand in the kit.
 */
final class Selection {
  /** What is asked for; all unless set. */
  static final String CONTRACT = "tidemark.conformance.contract";

  private final List<String> names;

  private Selection(List<String> names) {
    this.names = names;
  }

  /**
   * Reads what is asked for.
   *
   * @param text the names
   * @return the selection
   * @throws IllegalArgumentException if the kit has no tests of one of the names
   */
  static Selection of(String text) {
    List<String> names =
        Stream.of(text.split(",", -1)).map(String::strip).filter(name -> !name.isEmpty()).toList();
    List<KitTest> kit = names.isEmpty() ? List.of() : KitTest.in(BackendConformance.class);
    for (String name : names) {
      if (kit.stream().noneMatch(test -> names(test).contains(name))) {
        throw new IllegalArgumentException(
            CONTRACT + ": the kit has no " + name + "; it has " + contracts(kit));
      }
    }
    return new Selection(names);
  }

  boolean isAll() {
    return names.isEmpty();
  }

  boolean has(KitTest test) {
    return isAll() || names(test).stream().anyMatch(names::contains);
  }

  /**
   * Makes sure that a class has tests that are asked for: a run of none is no success.
   *
   * @param type the class
   * @param tests its tests
   * @throws IllegalArgumentException if it has none
   */
  void requireSomeIn(Class<?> type, Collection<KitTest> tests) {
    if (tests.stream().noneMatch(this::has)) {
      throw new IllegalArgumentException(
          CONTRACT + ": " + type.getName() + " has no " + names + "; it has " + contracts(tests));
    }
  }

  private static List<String> names(KitTest test) {
    List<String> names = new ArrayList<>();
    String contract = test.contract();
    names.add(contract.substring(0, Math.max(0, contract.indexOf('.'))));
    names.add(contract);
    names.add(contract + "#" + test.method());
    return names;
  }

  private static String contracts(Collection<KitTest> tests) {
    return tests.stream()
        .map(KitTest::contract)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
