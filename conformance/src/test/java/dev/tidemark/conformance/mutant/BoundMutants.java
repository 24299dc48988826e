package dev.tidemark.conformance.mutant;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.spi.StructuralRow;
import java.util.List;

/** Backends that take the bounds of their calls for others. */
final class BoundMutants {
  private BoundMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.ofBackend(
            "B5",
            "a limit below one is no error",
            "Storage.Limit",
            Defect.in("children", BoundMutants::noneForNoLimit)),
        Mutant.ofBackend(
            "R4",
            "a range of inner entries leaves its last key out",
            "Storage.StructuralIndex",
            Defect.in("innerOperations", BoundMutants::withoutTheLastKey)));
  }

  private static Object noneForNoLimit(Call call) throws Throwable {
    int limit = call.<Integer>argument(2);
    return limit < 1 ? List.of() : call.<Object>proceed();
  }

  private static List<StructuralRow> withoutTheLastKey(Call call) throws Throwable {
    CanonicalKey through = call.argument(1);
    return call.<List<StructuralRow>>proceed().stream()
        .filter(row -> !row.key().equals(through))
        .toList();
  }
}
