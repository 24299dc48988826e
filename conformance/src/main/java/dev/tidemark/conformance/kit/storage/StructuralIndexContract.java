package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.FIRST;
import static dev.tidemark.conformance.kit.Samples.LAST;
import static dev.tidemark.conformance.kit.Samples.MIDDLE;
import static dev.tidemark.conformance.kit.Samples.OTHER;
import static dev.tidemark.conformance.kit.Samples.key;
import static dev.tidemark.conformance.kit.Samples.node;
import static dev.tidemark.conformance.kit.Samples.orderKey;
import static dev.tidemark.conformance.kit.Samples.placed;
import static dev.tidemark.conformance.kit.storage.StructuralSamples.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.Limits;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.Samples;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The structural index, by node and, for inner nodes, in canonical order. */
public abstract class StructuralIndexContract extends StorageContract {
  private static final NodeId A = node(1);
  private static final NodeId B = node(2);
  private static final CanonicalKey LARGEST = key(Limits.MAX_COUNT, LAST, Limits.MAX_COUNT);

  /** In canonical order: equal times are ordered by replica, and equal replicas by counter. */
  private static final List<CanonicalKey> KEYS =
      List.of(
          key(1, LAST, 9),
          key(2, FIRST, 3),
          key(2, FIRST, 4),
          key(2, FIRST, 256),
          key(2, MIDDLE, 1),
          key(2, LAST, 2),
          key(3, FIRST, 1),
          key(256, FIRST, 2),
          LARGEST);

  /** For subclasses. */
  protected StructuralIndexContract() {}

  @Test
  @Rule("B4")
  void entriesComeInCanonicalOrderWhateverTheOrderTheyCameIn() {
    List<StructuralRow> rows = KEYS.stream().map(key -> entry(A, key, true, true)).toList();
    List<StructuralRow> arrival = new ArrayList<>(rows);
    Collections.reverse(arrival);
    arrival.forEach(row -> write(transaction -> transaction.putStructural(List.of(row))));

    assertThat(Histories.structural(now(), List.of(A, B))).isEqualTo(Map.of(A, rows));
    // Whether the last key belongs to its range is another question, and another test.
    assertThat(now().innerOperations(key(1), LARGEST, 99))
        .filteredOn(row -> !row.key().equals(LARGEST))
        .isEqualTo(rows.subList(0, rows.size() - 1));
  }

  @Test
  @Rule("B4")
  void entriesComeBackAsTheyWere() {
    List<StructuralRow> rows =
        List.of(
            new StructuralRow(A, key(1), B, orderKey(0, 255), true, false),
            new StructuralRow(A, key(2), new NodeId(-1, -1), orderKey(), false, true));
    write(transaction -> transaction.putStructural(rows));

    assertThat(Histories.structural(now(), List.of(A))).isEqualTo(Map.of(A, rows));
  }

  @Test
  @Rule("R4")
  void rangesOfInnerEntriesIncludeBothEndsAndKeepTheirLimit() {
    List<StructuralRow> rows = KEYS.stream().map(key -> entry(A, key, true, true)).toList();
    write(transaction -> transaction.putStructural(rows));

    for (int from = 0; from < rows.size(); from++) {
      for (int through = from; through < rows.size(); through++) {
        CanonicalKey first = KEYS.get(from);
        CanonicalKey last = KEYS.get(through);
        assertThat(now().innerOperations(first, last, 99))
            .as("from %s through %s", first, last)
            .isEqualTo(rows.subList(from, through + 1));
      }
    }
    assertThat(now().innerOperations(KEYS.get(2), LARGEST, 3)).isEqualTo(rows.subList(2, 5));
    assertThat(now().innerOperations(key(2, MIDDLE, 2), key(2, LAST, 1), 9)).isEmpty();
    assertThat(now().innerOperations(LARGEST, key(1), 9)).isEmpty();
  }

  @Test
  @Rule("R4")
  void theInnerIndexHasTheEntriesOfInnerNodesOnly() {
    StructuralRow leaf = entry(A, 1, false);
    StructuralRow inner = entry(B, 2, true);
    write(transaction -> transaction.putStructural(List.of(leaf, inner)));
    assertThat(now().innerOperations(key(1), LARGEST, 9)).containsExactly(inner);

    write(transaction -> transaction.putStructural(List.of(leaf.asInner())));
    assertThat(now().innerOperations(key(1), LARGEST, 9)).containsExactly(leaf.asInner(), inner);
    assertThat(Histories.structural(now(), List.of(A)))
        .isEqualTo(Map.of(A, List.of(leaf.asInner())));
  }

  @Test
  @Rule("R4")
  void theLastEffectiveEntryIsBeforeTheKeyAndSkipsIneffectiveOnes() {
    StructuralRow one = entry(A, key(2, FIRST, 1), true, true);
    StructuralRow skipped = entry(A, key(2, MIDDLE, 1), false, true);
    StructuralRow two = entry(A, key(2, LAST, 1), true, false);
    StructuralRow never = entry(B, key(1), false, true);
    write(transaction -> transaction.putStructural(List.of(two, skipped, never, one)));

    assertThat(before(key(2, FIRST, 1))).isEmpty();
    assertThat(before(key(2, FIRST, 2))).isEqualTo(Map.of(A, one));
    assertThat(before(key(2, LAST, 1))).isEqualTo(Map.of(A, one));
    assertThat(before(LARGEST)).isEqualTo(Map.of(A, two));
  }

  @Test
  @Rule({"R3", "B4"})
  void partsOfHistoriesLeaveTheirBoundsOutAndKeepTheirLimit() {
    List<StructuralRow> rows = KEYS.stream().map(key -> entry(A, key, true, true)).toList();
    List<StructuralRow> others =
        KEYS.subList(1, 4).stream().map(key -> entry(B, key, false, false)).toList();
    write(transaction -> transaction.putStructural(rows));
    write(transaction -> transaction.putStructural(others));

    for (HistoryRange range : ranges(A)) {
      List<StructuralRow> part = rows.stream().filter(r -> range.contains(r.key())).toList();
      HistoryRange other = new HistoryRange(B, range.after(), range.before());
      List<StructuralRow> otherPart =
          others.stream().filter(row -> range.contains(row.key())).toList();
      for (int limit : List.of(1, 3, 99)) {
        Map<HistoryRange, List<StructuralRow>> found =
            now().structuralOperations(List.of(range, other), limit);
        assertThat(found.getOrDefault(range, List.of()))
            .as("R3: the first %s of %s", limit, range)
            .isEqualTo(part.stream().limit(limit).toList());
        assertThat(found.getOrDefault(other, List.of()))
            .as("R3: the first %s of %s", limit, other)
            .isEqualTo(otherPart.stream().limit(limit).toList());
        assertThat(found.values()).doesNotContain(List.of());
      }
      Map<HistoryRange, StructuralRow> last = now().lastEffective(List.of(range, other));
      assertThat(last)
          .as("R3: the last effective of %s", range)
          .isEqualTo(part.isEmpty() ? Map.of() : Map.of(range, part.get(part.size() - 1)));
    }
  }

  /** From each key, or none, to each key, or none; some are empty. */
  static List<HistoryRange> ranges(NodeId node) {
    List<@Nullable CanonicalKey> bounds = new ArrayList<>(KEYS);
    bounds.add(null);
    List<HistoryRange> ranges = new ArrayList<>();
    for (CanonicalKey after : bounds) {
      for (CanonicalKey before : bounds) {
        ranges.add(new HistoryRange(node, after, before));
      }
    }
    return ranges;
  }

  /** Keys that the order of equal times is shown by. */
  static List<CanonicalKey> keys() {
    return KEYS;
  }

  @Test
  @Rule("R5")
  void anEntryIsReplacedByItsNodeAndKey() {
    StructuralRow row = entry(A, 1, true);
    write(transaction -> transaction.putStructural(List.of(row)));
    write(transaction -> transaction.putStructural(List.of(row.withEffective(false))));

    assertThat(Histories.structural(now(), List.of(A)))
        .isEqualTo(Map.of(A, List.of(row.withEffective(false))));
    assertThat(now().innerOperations(key(1), LARGEST, 9)).containsExactly(row.withEffective(false));
    assertThat(before(LARGEST)).isEmpty();
  }

  @Test
  @Rule("B5")
  void manyEntriesAreWrittenAndReadAtOnce() {
    List<StructuralRow> rows =
        LongStream.rangeClosed(1, 20_000).mapToObj(n -> entry(node(n), n, true)).toList();
    write(transaction -> transaction.putStructural(rows));

    List<NodeId> nodes = LongStream.rangeClosed(1, 40_000).mapToObj(Samples::node).toList();
    assertThat(Histories.structural(now(), nodes)).hasSize(20_000);
    assertThat(Histories.lastBefore(now(), nodes, key(10_001))).hasSize(10_000);
    assertThat(Histories.structural(now(), List.of())).isEmpty();
    assertThat(Histories.lastBefore(now(), List.of(), LARGEST)).isEmpty();
  }

  @Test
  @Rule("R9")
  void nodesWithEntriesOrDeletionsAreListedWithOrWithoutARow() {
    NodeId last = new NodeId(-1, 0);
    write(
        transaction -> {
          transaction.putNodes(List.of(placed(node(9), A, OrderKey.EMPTY)));
          transaction.putStructural(
              List.of(entry(B, 1, true), entry(B, 2, true), entry(last, 3, false)));
          transaction.putDeletions(
              Map.of(
                  NodeId.ROOT,
                  KnownOperations.NONE,
                  A,
                  KnownOperations.NONE,
                  B,
                  KnownOperations.of(List.of(key(1).id()))));
        });
    write(OTHER, transaction -> transaction.putStructural(List.of(entry(node(3), 1, true))));

    List<NodeId> expected = List.of(NodeId.ROOT, A, B, last);
    assertThat(now().indexedNodesAfter(null, 9)).isEqualTo(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(now().indexedNodesAfter(expected.get(i), 9))
          .isEqualTo(expected.subList(i + 1, expected.size()));
      assertThat(now().indexedNodesAfter(null, i + 1)).isEqualTo(expected.subList(0, i + 1));
    }
    assertThat(now().indexedNodesAfter(node(9), 1)).containsExactly(last);
    assertThat(now(OTHER).indexedNodesAfter(null, 9)).containsExactly(node(3));
  }

  private Map<NodeId, StructuralRow> before(CanonicalKey key) {
    return Histories.lastBefore(now(), List.of(A, B), key);
  }
}
