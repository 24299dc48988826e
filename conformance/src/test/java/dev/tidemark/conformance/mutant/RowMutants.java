package dev.tidemark.conformance.mutant;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Backends that get rows, their order or their ranges wrong. */
final class RowMutants {
  private RowMutants() {}

  static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>(order());
    all.addAll(log());
    all.addAll(index());
    return all;
  }

  private static List<Mutant> order() {
    return List.of(
        Mutant.ofBackend(
            "B4",
            "order keys compare as signed bytes",
            "Storage.Sibling#siblingsComeInTheOrderOfUnsignedBytes",
            Defect.in("children", RowMutants::signedSiblings)),
        Mutant.ofBackend(
            "B4",
            "node ids compare as signed numbers",
            "Storage.Sibling",
            Defect.in("nodesAfter", RowMutants::signedNodes)),
        Mutant.ofBackend(
            "B4",
            "equal times are not ordered by replica",
            "Storage.StructuralIndex#entriesComeInCanonicalOrderWhateverTheOrderTheyCameIn",
            Defect.in("innerOperations", RowMutants::byTimeAndCounter)),
        Mutant.ofBackend(
            "B4",
            "an empty payload is read as none",
            "Operation.PayloadSizes#anEmptyPayloadIsNoAbsentOne",
            Defect.in("putNodes", RowMutants::withoutEmptyPayloads)
                .and("appendLog", RowMutants::rememberEmptyPayloads)),
        Mutant.ofBackend(
            "B4",
            "versions are kept in 32 bits",
            "Storage.State",
            Defect.in("state", RowMutants::narrow)),
        Mutant.ofBackend(
            "B4",
            "the last counter is that of the last row",
            "Storage.Log#theLastCounterIsTheLargestAndNotTheLastToCome",
            Defect.in("lastCounters", RowMutants::lastToCome)));
  }

  private static List<Mutant> log() {
    return List.of(
        Mutant.ofBackend(
            "C1",
            "a row in the middle of a version is skipped",
            "Operation.Header#theChunksOfAWindowHoldEachOperationOnceInOrder",
            visiting((row, visitor) -> row.position().sequence() % 50 == 49 || visitor.visit(row))),
        Mutant.ofBackend(
            "C1",
            "a row at a page boundary comes twice",
            "Operation.Header#theChunksOfAWindowHoldEachOperationOnceInOrder",
            visiting(
                (row, visitor) ->
                    visitor.visit(row) && (row.position().sequence() != 20 || visitor.visit(row)))),
        Mutant.ofBackend(
            "C6",
            "a scan starts at the start and skips",
            "Operation.Growth#aScanStepsOverNothingThatItDoesNotVisit",
            Defect.in("scanLog", RowMutants::stepping)),
        Mutant.ofBackend(
            "C8",
            "a version is visible before its time",
            "Storage.Log#aScanEndsWithItsLastVersion",
            Defect.in(
                "scanLog",
                call ->
                    call.proceedWith(
                        call.argument(0), call.<Long>argument(1) + 1, call.argument(2)))),
        Mutant.ofBackend(
            "C6",
            "a scan visits what follows its end",
            "Storage.Log#aScanEndsWhenItsVisitorSaysSo",
            Defect.in("scanLog", RowMutants::deaf)),
        Mutant.ofBackend(
            "B5",
            "a look-up of more than 999 keys is cut",
            "Storage.Log",
            Defect.in("operations", RowMutants::firstKeys)),
        Mutant.ofBackend(
            "B5",
            "a look-up is one statement per key",
            "Operation.Growth#bulkCallsAreAConstantNumberOfStatements",
            Defect.in(
                "operations",
                call -> {
                  MutantKit.STATEMENTS.addAndGet(call.<Collection<OperationId>>argument(0).size());
                  return call.proceed();
                })),
        Mutant.ofBackend(
            "B5",
            "chains end after 1,000 nodes",
            "Storage.Tree#chainsMayBeLong",
            Defect.in("chains", RowMutants::shortChains)),
        Mutant.ofBackend(
            "A7",
            "the first progress of a peer stays",
            "Storage.Progress#progressIsReplacedByItsPeer",
            Defect.in(
                "putProgress",
                call -> {
                  SyncProgress progress = call.argument(0);
                  boolean isNew =
                      ((ReadTransaction) call.target()).progress(progress.peer()).isEmpty();
                  return isNew ? call.proceed() : null;
                })));
  }

  private static List<Mutant> index() {
    return List.of(
        Mutant.ofBackend(
            "R13",
            "entries of the parent index are never removed",
            "Replay.OperationsFor#aLateMoveTakesWhatFollowsWithIt",
            Defect.in("removeParentRows", call -> null)),
        Mutant.ofBackend(
            "R13",
            "the first entry of a parent is passed over",
            "Replay.OperationsFor#anOperationBelongsToTheParentBeforeItAndTheOneAfterIt",
            Defect.in("scanParent", RowMutants::withoutFirst)),
        Mutant.ofBackend(
            "R4",
            "a range of the inner index begins at the start",
            "Storage.StructuralIndex#rangesOfInnerEntriesIncludeBothEndsAndKeepTheirLimit",
            Defect.in(
                "innerOperations",
                call ->
                    call.proceedWith(
                        new CanonicalKey(1, ReplicaId.of(new byte[1]), 1),
                        call.argument(1),
                        call.argument(2)))),
        Mutant.ofBackend(
            "R4",
            "a range of the inner index leaves out its end",
            "Storage.StructuralIndex#rangesOfInnerEntriesIncludeBothEndsAndKeepTheirLimit",
            Defect.in(
                "innerOperations",
                call -> {
                  CanonicalKey through = call.argument(1);
                  return call.<List<StructuralRow>>proceed().stream()
                      .filter(row -> !row.key().equals(through))
                      .toList();
                })),
        Mutant.ofBackend(
            "R4",
            "the last entry before a key may be a skipped one",
            "Storage.StructuralIndex#theLastEffectiveEntryIsBeforeTheKeyAndSkipsIneffectiveOnes",
            Defect.in("lastEffective", RowMutants::lastOfAll)),
        Mutant.ofBackend(
            "R5",
            "an entry of the index is not replaced",
            "Storage.StructuralIndex#anEntryIsReplacedByItsNodeAndKey",
            Defect.in("putStructural", RowMutants::onlyNew)),
        Mutant.ofBackend(
            "R9",
            "removing the tree leaves what deletes cover",
            "Storage.Tree#theTreeIsRemovedInBoundedSteps",
            Defect.in("removeTree", RowMutants::keepingDeletions)),
        Mutant.ofBackend(
            "R9",
            "pages of nodes leave out each 500th",
            "Replay.Verification#everyDamagedRowIsFoundAndRepaired",
            Defect.in(
                "nodesAfter", call -> call.<List<NodeRow>>proceed().stream().skip(1).toList())));
  }

  // What they do

  private static List<NodeRow> signedSiblings(Call call) throws Throwable {
    List<NodeRow> rows = new ArrayList<>(call.<List<NodeRow>>proceed());
    rows.sort(
        (one, other) ->
            Arrays.compare(
                Objects.requireNonNull(one.placement()).orderKey().toByteArray(),
                Objects.requireNonNull(other.placement()).orderKey().toByteArray()));
    return rows;
  }

  private static List<NodeRow> signedNodes(Call call) throws Throwable {
    List<NodeRow> rows = new ArrayList<>(call.<List<NodeRow>>proceed());
    rows.sort(
        Comparator.comparingLong((NodeRow row) -> row.node().high())
            .thenComparingLong(row -> row.node().low()));
    return rows;
  }

  private static List<StructuralRow> byTimeAndCounter(Call call) throws Throwable {
    List<StructuralRow> rows = new ArrayList<>(call.<List<StructuralRow>>proceed());
    rows.sort(
        Comparator.comparingLong((StructuralRow row) -> row.key().lamport())
            .thenComparingLong(row -> row.key().counter()));
    return rows;
  }

  private static final Map<CanonicalKey, Boolean> EMPTY = new HashMap<>();

  private static @Nullable Object rememberEmptyPayloads(Call call) throws Throwable {
    for (LoggedOperation logged : call.<List<LoggedOperation>>argument(0)) {
      if (logged.operation() instanceof Operation.PayloadCarrying carrying
          && carrying.payload() != null
          && carrying.payload().size() == 0) {
        EMPTY.put(logged.operation().key(), true);
      }
    }
    return call.proceed();
  }

  private static @Nullable Object withoutEmptyPayloads(Call call) throws Throwable {
    List<NodeRow> rows = new ArrayList<>();
    for (NodeRow row : call.<Collection<NodeRow>>argument(0)) {
      PayloadRow payload = row.payload();
      boolean isEmpty = payload != null && EMPTY.containsKey(payload.writtenBy());
      rows.add(
          payload != null && isEmpty
              ? row.withPayload(new PayloadRow(payload.writtenBy(), false))
              : row);
    }
    return call.proceedWith(rows);
  }

  private static DocumentState narrow(Call call) throws Throwable {
    DocumentState state = call.proceed();
    return new DocumentState(
        (int) state.version(),
        (int) state.operations(),
        state.head(),
        state.innerHead(),
        state.materialized(),
        state.pending(),
        state.frontier());
  }

  private static Map<ReplicaId, Long> lastToCome(Call call) {
    Map<ReplicaId, Long> last = new HashMap<>();
    Collection<ReplicaId> asked = call.argument(0);
    ((ReadTransaction) call.target())
        .scanLog(
            Position.START,
            Long.MAX_VALUE,
            row -> {
              OperationId id = row.operation().id();
              if (asked.contains(id.replica())) {
                last.put(id.replica(), id.counter());
              }
              return true;
            });
    return last;
  }

  private interface Visiting {
    boolean visit(LoggedOperation row, RowVisitor<LoggedOperation> visitor);
  }

  private static Defect visiting(Visiting visiting) {
    return Defect.in(
        "scanLog",
        call -> {
          RowVisitor<LoggedOperation> visitor = call.argument(2);
          RowVisitor<LoggedOperation> broken = row -> visiting.visit(row, visitor);
          return call.proceedWith(call.argument(0), call.argument(1), broken);
        });
  }

  private static @Nullable Object stepping(Call call) throws Throwable {
    Position from = call.argument(0);
    RowVisitor<LoggedOperation> visitor = call.argument(2);
    RowVisitor<LoggedOperation> skipping =
        row -> {
          MutantKit.ROWS_STEPPED.incrementAndGet();
          return row.position().compareTo(from) < 0 || visitor.visit(row);
        };
    return call.proceedWith(Position.START, call.argument(1), skipping);
  }

  private static @Nullable Object withoutFirst(Call call) throws Throwable {
    RowVisitor<LoggedOperation> visitor = call.argument(2);
    boolean[] isFirst = {true};
    RowVisitor<LoggedOperation> passingOver =
        row -> {
          boolean isPassed = isFirst[0];
          isFirst[0] = false;
          return isPassed || visitor.visit(row);
        };
    return call.proceedWith(call.argument(0), call.argument(1), passingOver);
  }

  private static @Nullable Object deaf(Call call) throws Throwable {
    RowVisitor<LoggedOperation> visitor = call.argument(2);
    RowVisitor<LoggedOperation> goingOn =
        row -> {
          visitor.visit(row);
          return true;
        };
    return call.proceedWith(call.argument(0), call.argument(1), goingOn);
  }

  private static @Nullable Object firstKeys(Call call) throws Throwable {
    return call.proceedWith(call.<Collection<OperationId>>argument(0).stream().limit(999).toList());
  }

  private static Map<NodeId, NodeRow> shortChains(Call call) throws Throwable {
    Map<NodeId, NodeRow> cut = new HashMap<>();
    call.<Map<NodeId, NodeRow>>proceed().entrySet().stream()
        .limit(1_000)
        .forEach(entry -> cut.put(entry.getKey(), entry.getValue()));
    return cut;
  }

  private static Map<HistoryRange, StructuralRow> lastOfAll(Call call) {
    Map<HistoryRange, StructuralRow> found = new HashMap<>();
    ((ReadTransaction) call.target())
        .structuralOperations(call.<Collection<HistoryRange>>argument(0), Integer.MAX_VALUE)
        .forEach((range, rows) -> found.put(range, rows.get(rows.size() - 1)));
    return found;
  }

  private static @Nullable Object onlyNew(Call call) throws Throwable {
    WriteTransaction writing = (WriteTransaction) call.target();
    List<StructuralRow> fresh = new ArrayList<>();
    for (StructuralRow row : call.<Collection<StructuralRow>>argument(0)) {
      boolean isThere =
          writing
              .structuralOperations(List.of(HistoryRange.of(row.node())), Integer.MAX_VALUE)
              .values()
              .stream()
              .flatMap(List::stream)
              .anyMatch(other -> other.key().equals(row.key()));
      if (!isThere) {
        fresh.add(row);
      }
    }
    return call.proceedWith(fresh);
  }

  private static int keepingDeletions(Call call) throws Throwable {
    WriteTransaction writing = (WriteTransaction) call.target();
    List<NodeId> nodes = writing.indexedNodesAfter(null, 9_999);
    Map<NodeId, KnownOperations> kept = writing.deletions(nodes);
    int removed = call.<Integer>proceed();
    writing.putDeletions(kept);
    return removed;
  }
}
