package dev.tidemark.conformance.mutant;

import java.util.List;

/** Engines that keep the tree, retry or look for backends wrongly. */
@SuppressWarnings("StringConcatToTextBlock") // Line by line, as the source has it.
final class ReplayMutants {
  private static final String API = "api/src/main/java/dev/tidemark/api/";
  private static final String CORE = "core/src/main/java/dev/tidemark/core/";

  private ReplayMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.ofEngine(
            "R1",
            "an insert writes no payload",
            "Replay.Deletion#anInsertThatIsSkippedStillWritesItsPayload",
            CORE + "internal/catchup/Materialization.java",
            "operation instanceof Operation.Insert insert && insert.payload() != null",
            "operation instanceof Operation.Insert insert && insert.lamport() < 0"),
        Mutant.ofEngine(
            "R1",
            "a node is tombstoned by its own delete alone",
            "Replay.NearMiss#aLateMoveAwayLeavesTheDeletedParentTombstoned",
            CORE + "internal/catchup/Tombstones.java",
            "      if (isMoved) {\n" + "        ancestorsBefore",
            "      if (isMoved && before == null) {\n" + "        ancestorsBefore"),
        Mutant.ofEngine(
            "R2",
            "every append reads again what it has just written",
            "Replay.Work#appendsInOrderReadNoneOfTheLog",
            CORE + "internal/append/Appender.java",
            "isUpToDate ? entries : List.of(),",
            "List.of(),"),
        Mutant.ofEngine(
            "R2",
            "what is in order counts as late",
            "Replay.CatchUpPath#whatComesInOrderLooksAtNothingAgain",
            CORE + "internal/catchup/Materialization.java",
            "    if (isLate && path == CatchUpPath.IN_ORDER) {",
            "    if (path == CatchUpPath.IN_ORDER) {"),
        Mutant.ofEngine(
            "R3",
            "a late new subtree is replayed like any other",
            "Replay.CatchUpPath#aLateNewSubtreeLooksAtNothingThatWasThere",
            CORE + "internal/catchup/StructuralStep.java",
            "      if (!innerBefore.contains(operation.node())) {\n" + "        fresh",
            "      if (operation.node() == null) {\n" + "        fresh"),
        Mutant.ofEngine(
            "R4",
            "a replay goes back to the start",
            "Replay.CatchUpPath#aLateMoveOfAParentReplaysWhatFollowsAndNothingBefore",
            CORE + "internal/catchup/StructuralStep.java",
            "    Replay replay = replay(from, new Replay.Outside(fresh));",
            "    CanonicalKey start =\n"
                + "        new CanonicalKey(1, dev.tidemark.api.ReplicaId.of(new byte[1]), 1);\n"
                + "    Replay replay = replay(start, new Replay.Outside(fresh));"),
        Mutant.ofEngine(
            "R5",
            "rows that stay the same are written",
            "Operation.Growth#rowsThatStayTheSameAreNotWritten",
            CORE + "internal/catchup/WorkingTree.java",
            "      if (!row.equals(before(row.node()))) {\n" + "        changed",
            "      if (row.node() != null) {\n" + "        changed"),
        Mutant.ofEngine(
            "R7",
            "a tree that lacks something is shown",
            "Replay.Deferred#aDeferredAppendRecordsItsFrontier",
            CORE + "Materializer.java",
            "    return state.pending() > 0 && state.materialized().version() <= version;",
            "    return state.pending() > 1_000 && state.materialized().version() <= version;"),
        Mutant.ofEngine(
            "R7",
            "a deferred append does not count what is pending",
            "Replay.Deferred#aDeferredAppendRecordsItsFrontier",
            CORE + "internal/append/Appender.java",
            "        state.pending() + entries.size(),",
            "        state.pending() + 1,"),
        Mutant.ofEngine(
            "R9",
            "verify does not look at nodes",
            "Replay.Verification#everyDamagedRowIsFoundAndRepaired",
            CORE + "internal/verify/Verifier.java",
            "          differences.compare(Part.NODE, row.node(), next.row(), row);\n",
            ""),
        Mutant.ofEngine(
            "R9",
            "verify does not look at what deletes cover",
            "Replay.Verification#everyDamagedRowIsFoundAndRepaired",
            CORE + "internal/verify/Verifier.java",
            "          differences.compare(Part.DELETIONS, id, node.covered, covered.get(id));\n",
            ""),
        Mutant.ofEngine(
            "R10",
            "what moves in its place is told as a move",
            "Replay.Deletion#whatChangesNothingVisibleIsNoChange",
            CORE + "internal/catchup/NetChanges.java",
            "isElsewhere(oldPlacement, placement)) {",
            "!oldPlacement.equals(placement)) {"),
        Mutant.ofEngine(
            "R10",
            "listeners are told of nothing",
            "Replay.Deferred#listenersReceiveWhatTheAppendsReturned",
            CORE + "internal/notify/ChangePublisher.java",
            "          if (!changes.isEmpty()) {",
            "          if (changes.version() >= 0) {"),
        Mutant.ofEngine(
            "R10",
            "what comes while another thread delivers is dropped",
            "Operation.Concurrency#listenersAreToldInTheOrderOfVersions",
            CORE + "internal/notify/ChangePublisher.java",
            "          if (!changes.isEmpty()) {",
            "          if (!changes.isEmpty() && !channel.isDelivering.get()) {"),
        Mutant.ofEngine(
            "R11",
            "the hash depends on when it is computed",
            "Operation.Extremes#twoStoresWithTheSameOperationsHaveTheSameHash",
            CORE + "internal/tree/TreeHasher.java",
            "    return HexFormat.of().formatHex(digest.digest());",
            "    digest.update(Long.toString(System.nanoTime()).getBytes(StandardCharsets.UTF_8));\n"
                + "    return HexFormat.of().formatHex(digest.digest());"),
        Mutant.ofEngine(
            "R12",
            "the limit of work is not kept",
            "Replay.Deferred#anAppendBeyondItsWorkLimitSucceedsAndLeavesTheTree",
            CORE + "internal/catchup/WorkCounter.java",
            "    if (visited > limit) {",
            "    if (visited > limit + 1_000_000) {"),
        Mutant.ofEngine(
            "B6",
            "transient failures are not retried",
            "Operation.Retry",
            CORE + "internal/transaction/UnitsOfWork.java",
            "MAX_ATTEMPTS = 4",
            "MAX_ATTEMPTS = 1"),
        Mutant.ofEngine(
            "B6",
            "a busy store is no reason to try again",
            "Operation.Retry#anAppendThatMeetsATransientFailureIsMadeOnce",
            API + "ErrorCode.java",
            "STORE_BUSY(\"the store is busy\", true)",
            "STORE_BUSY(\"the store is busy\", false)"),
        Mutant.ofEngine(
            "B6",
            "what may be committed is written again",
            "Replay.Fault#aLocalWriteWhoseCommitWasNotAnsweredIsNotMadeTwice",
            CORE + "internal/transaction/UnitsOfWork.java",
            "      if (uncertain != null && work.wasCommitted(transaction, uncertain.result())) {",
            "      if (uncertain != null && transaction == null) {"),
        Mutant.ofEngine(
            "B6",
            "every failure is tried again",
            "Operation.Retry#aFailureForGoodIsNotTriedAgain",
            CORE + "internal/transaction/UnitsOfWork.java",
            "if (!e.isRetryable() || attempt == MAX_ATTEMPTS) {",
            "if (attempt == MAX_ATTEMPTS) {"),
        Mutant.ofEngine(
            "S1",
            "the error does not name what was found",
            "Operation.Discovery#anUnknownSchemeNamesTheBackendsThatWereFound",
            CORE + "internal/discovery/BackendLookup.java",
            "found.stream().flatMap(p -> p.schemes().stream()).sorted().toList());",
            "List.of());"),
        Mutant.ofEngine(
            "S2",
            "the first of several backends opens the store",
            "Operation.Discovery#aSecondBackendForTheSchemeIsNamedBesideTheFirst",
            CORE + "internal/discovery/BackendLookup.java",
            "    if (fitting.size() == 1) {",
            "    if (!fitting.isEmpty()) {"),
        Mutant.ofEngine(
            "S2",
            "a backend that is found twice is two",
            "Operation.Discovery#aBackendThatIsFoundTwiceIsOne",
            CORE + "internal/discovery/BackendLookup.java",
            "found.putIfAbsent(provider.getClass().getName(), provider);",
            "found.putIfAbsent(provider.getClass().getName() + found.size(), provider);"),
        Mutant.ofEngine(
            "S3",
            "only the thread's class loader is asked",
            "Operation.Discovery#aThreadWithAnotherContextClassLoaderFindsIt",
            CORE + "internal/discovery/BackendLookup.java",
            "      collect(BackendLookup.class.getClassLoader(), found, broken);\n",
            ""),
        Mutant.ofEngine(
            "S3",
            "one broken service file hides the rest",
            "Operation.Discovery#aShadedJarHasOneServiceFileForAllBackends",
            CORE + "internal/discovery/BackendLookup.java",
            "        broken.add(String.valueOf(e.getMessage()));",
            "        broken.add(String.valueOf(e.getMessage()));\n" + "        return;"));
  }
}
