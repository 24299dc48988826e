package dev.tidemark.api;

/** What makes an operation invalid on every store (design, section 3). */
final class OperationChecks {
  private OperationChecks() {}

  static void lamport(OperationId id, long lamport) {
    if (lamport < 1 || lamport > Limits.MAX_COUNT) {
      throw refused(id, "Lamport time " + lamport + " is outside 1.." + Limits.MAX_COUNT);
    }
  }

  static void structural(OperationId id, long lamport, NodeId node, NodeId parent) {
    lamport(id, lamport);
    if (node.isRoot()) {
      throw refused(id, "the root cannot be placed");
    }
    if (node.equals(parent)) {
      throw refused(id, "node " + node + " is its own parent");
    }
  }

  static void delete(OperationId id, long lamport, NodeId node, KnownOperations known) {
    lamport(id, lamport);
    if (node.isRoot()) {
      throw refused(id, "the root cannot be deleted");
    }
    if (known.weight() > Limits.MAX_KNOWN_WEIGHT) {
      throw refused(id, "knows " + known.weight() + " bytes, at most " + Limits.MAX_KNOWN_WEIGHT);
    }
  }

  private static TidemarkException refused(OperationId id, String problem) {
    return TidemarkException.of(ErrorCode.INVALID_OPERATION)
        .with(Detail.OPERATION, id)
        .with(Detail.PROBLEM, problem)
        .build();
  }
}
