package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The structural index during one catch-up: what is stored, and what this catch-up adds or changes.
 *
 * <p>What it adds to the inner index is held apart in canonical order, so that a replay can merge
 * it with the stored entries; stored and added entries never overlap.
 */
final class StructuralIndex {
  private final ReadTransaction transaction;

  /** All entries of nodes whose history was read or begun in this catch-up. */
  private final Map<NodeId, NavigableMap<CanonicalKey, StructuralRow>> histories = new HashMap<>();

  private final NavigableMap<CanonicalKey, StructuralRow> addedInner = new TreeMap<>();
  private final Map<CanonicalKey, StructuralRow> changed = new LinkedHashMap<>();
  private final Set<CanonicalKey> fresh = new HashSet<>();
  private @Nullable CanonicalKey innerHead;

  StructuralIndex(ReadTransaction transaction, @Nullable CanonicalKey innerHead) {
    this.transaction = transaction;
    this.innerHead = innerHead;
  }

  /** Returns the largest key in the inner index. */
  @Nullable CanonicalKey innerHead() {
    return innerHead;
  }

  /**
   * Reads the logged operations of nodes: from the index, or the one that their placement tells.
   */
  void loadHistories(Collection<NodeRow> rows) {
    List<NodeId> indexed = new ArrayList<>();
    for (NodeRow row : rows) {
      if (histories.containsKey(row.node())) {
        continue;
      }
      NavigableMap<CanonicalKey, StructuralRow> history = new TreeMap<>();
      histories.put(row.node(), history);
      PlacementRow placement = row.placement();
      if (row.isIndexed()) {
        indexed.add(row.node());
      } else if (placement != null) {
        StructuralRow only =
            new StructuralRow(
                row.node(),
                placement.writtenBy(),
                placement.parent(),
                placement.orderKey(),
                true,
                false);
        history.put(only.key(), only);
      }
    }
    if (!indexed.isEmpty()) {
      transaction
          .structuralOperations(indexed)
          .forEach((node, list) -> list.forEach(row -> history(node).put(row.key(), row)));
    }
  }

  /** Returns the entries of a node whose history was loaded. */
  NavigableMap<CanonicalKey, StructuralRow> history(NodeId node) {
    return histories.computeIfAbsent(node, n -> new TreeMap<>());
  }

  boolean hasHistory(NodeId node) {
    return histories.containsKey(node);
  }

  /** Puts all loaded entries of a node into the inner index (step 2b). */
  void makeInner(NodeId node) {
    for (StructuralRow row : List.copyOf(history(node).values())) {
      add(row.asInner());
    }
  }

  /** Adds or replaces an entry; the history of its node need not be loaded. */
  void add(StructuralRow row) {
    changed.put(row.key(), row);
    NavigableMap<CanonicalKey, StructuralRow> history = histories.get(row.node());
    if (history != null) {
      history.put(row.key(), row);
    }
    if (row.isInner()) {
      addedInner.put(row.key(), row);
      if (innerHead == null || row.key().compareTo(innerHead) > 0) {
        innerHead = row.key();
      }
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

  /** Counts the operations that were logged before: those that are looked at again. */
  int countLogged(Collection<StructuralRow> rows) {
    return (int) rows.stream().filter(row -> !isFresh(row)).count();
  }

  /** Notes the outcome of an operation; only what differs is written (rule R5). */
  void setEffective(StructuralRow row, boolean effective) {
    StructuralRow current = changed.getOrDefault(row.key(), row);
    if (current.isEffective() != effective) {
      StructuralRow outcome = current.withEffective(effective);
      changed.put(outcome.key(), outcome);
      addedInner.computeIfPresent(outcome.key(), (key, old) -> outcome);
      NavigableMap<CanonicalKey, StructuralRow> history = histories.get(outcome.node());
      if (history != null) {
        history.put(outcome.key(), outcome);
      }
    }
  }

  /** Returns what this catch-up added to the inner index, from a key through another. */
  Collection<StructuralRow> addedInner(CanonicalKey from, CanonicalKey through) {
    return List.copyOf(addedInner.subMap(from, true, through, true).values());
  }

  /** Returns the entries to write. */
  Collection<StructuralRow> changedRows() {
    return changed.values();
  }
}
