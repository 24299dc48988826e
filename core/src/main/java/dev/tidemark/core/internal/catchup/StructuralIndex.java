package dev.tidemark.core.internal.catchup;

import com.google.common.collect.Iterators;
import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The structural index during one catch-up: what is stored, and what this catch-up adds or changes.
 *
 * <p>What it adds to the inner index is held apart in canonical order, so that a replay can merge
 * it with the stored entries; stored and added entries never overlap. Stored entries of nodes that
 * become inner are not held: they are read where they are needed, in pages.
 */
final class StructuralIndex {
  private final BecomingInner becoming;
  private final NavigableMap<CanonicalKey, StructuralRow> addedInner = new TreeMap<>();
  private final Map<CanonicalKey, StructuralRow> changed = new LinkedHashMap<>();
  private final Set<CanonicalKey> fresh = new HashSet<>();
  private @Nullable CanonicalKey innerHead;

  StructuralIndex(ReadTransaction transaction, @Nullable CanonicalKey innerHead) {
    this.becoming = new BecomingInner(transaction);
    this.innerHead = innerHead;
  }

  /** Returns the largest key in the inner index. */
  @Nullable CanonicalKey innerHead() {
    return innerHead;
  }

  /**
   * Puts all logged operations of a node that was not inner into the inner index (step 2b). Their
   * last is its placement, as all operations of such a node are effective.
   *
   * @return whether there are any
   */
  boolean makeInner(NodeRow row) {
    PlacementRow placement = row.placement();
    if (row.isIndexed()) {
      becoming.add(row.node());
      if (placement != null) {
        raiseInnerHead(placement.writtenBy());
      }
      return true;
    }
    if (placement != null) {
      add(onlyEntry(row, placement).asInner());
      return true;
    }
    return false;
  }

  /** The entry of a node whose placement alone tells of it. */
  static StructuralRow onlyEntry(NodeRow row, PlacementRow placement) {
    return new StructuralRow(
        row.node(), placement.writtenBy(), placement.parent(), placement.orderKey(), true, false);
  }

  /** Adds or replaces an entry. */
  void add(StructuralRow row) {
    changed.put(row.key(), row);
    if (row.isInner()) {
      addedInner.put(row.key(), row);
      raiseInnerHead(row.key());
    }
  }

  private void raiseInnerHead(CanonicalKey key) {
    if (innerHead == null || key.compareTo(innerHead) > 0) {
      innerHead = key;
    }
  }

  /** Adds the entry of an operation that is new in this catch-up. */
  void addFresh(StructuralRow row) {
    fresh.add(row.key());
    add(row);
  }

  /** Tells whether an operation is new in this catch-up. */
  boolean isFresh(StructuralRow row) {
    return fresh.contains(row.key());
  }

  /** Notes the outcome of an operation; only what differs is written (rule R5). */
  void setEffective(StructuralRow row, boolean effective) {
    StructuralRow current = changed.getOrDefault(row.key(), row);
    if (current.isEffective() != effective) {
      StructuralRow outcome = current.withEffective(effective);
      changed.put(outcome.key(), outcome);
      addedInner.computeIfPresent(outcome.key(), (key, old) -> outcome);
    }
  }

  /**
   * Returns what this catch-up adds to the inner index, in canonical order, and counts what of it
   * was logged before.
   *
   * @param from the first key, that of a new operation
   * @param through the last key; nothing that was logged before is behind it
   * @param isWanted tells whether the entries of a node are needed
   * @param work counts what is read
   */
  Iterator<StructuralRow> addedInner(
      CanonicalKey from, CanonicalKey through, Predicate<NodeId> isWanted, WorkCounter work) {
    List<StructuralRow> added = new ArrayList<>();
    for (StructuralRow row : addedInner.subMap(from, true, through, true).values()) {
      if (isWanted.test(row.node())) {
        work.visit(isFresh(row) ? 0 : 1);
        added.add(row);
      }
    }
    List<Iterator<StructuralRow>> entries = becoming.entriesAfter(from, isWanted, work);
    entries.add(added.iterator());
    return Iterators.mergeSorted(entries, Comparator.comparing(StructuralRow::key));
  }

  /** Writes what is added and what differs, and returns how many entries that were. */
  long write(WriteTransaction writer) {
    long rows = becoming.write(writer, changed.keySet());
    if (!changed.isEmpty()) {
      writer.putStructural(changed.values());
    }
    return rows + changed.size();
  }
}
