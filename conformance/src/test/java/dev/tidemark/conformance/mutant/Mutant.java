package dev.tidemark.conformance.mutant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store with one defect.
 *
 * @param rule the rule that it breaks
 * @param name what is wrong
 * @param contract where the kit must notice: group and contract, {@code Storage.Sibling}
 * @param test the test to run; null for all of the contract
 * @param defect what a broken backend does, or null
 * @param changes what is changed in the sources of the engine; empty for a broken backend
 */
record Mutant(
    String rule,
    String name,
    String contract,
    @Nullable String test,
    @Nullable Defect defect,
    List<SourceChange> changes) {
  /** A backend that does something else. */
  static Mutant ofBackend(String rule, String name, String contract, Defect defect) {
    int dot = contract.indexOf('#');
    return dot < 0
        ? new Mutant(rule, name, contract, null, defect, List.of())
        : new Mutant(
            rule, name, contract.substring(0, dot), contract.substring(dot + 1), defect, List.of());
  }

  /** An engine of which one place is written otherwise. */
  static Mutant ofEngine(
      String rule, String name, String contract, String file, String original, String changed) {
    int dot = contract.indexOf('#');
    return new Mutant(
        rule,
        name,
        dot < 0 ? contract : contract.substring(0, dot),
        dot < 0 ? null : contract.substring(dot + 1),
        null,
        List.of(new SourceChange(file, original, changed)));
  }

  @Override
  public String toString() {
    return rule + ": " + name;
  }
}
