package dev.tidemark.core.internal.verify;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Position;
import dev.tidemark.spi.ParentRow;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The parent index as a folded log has it. Operations come in position order, entries leave in the
 * order of parents; between, each takes 12 bytes.
 */
final class FoldedParents {
  private final LogFold fold;
  private final Map<NodeId, Positions> positions = new TreeMap<>();

  FoldedParents(LogFold fold) {
    this.fold = fold;
  }

  /** Adds an operation that was folded; ascending by position. */
  void add(LoggedOperation logged) {
    CanonicalKey key = logged.operation().key();
    FoldedNode node = fold.existing(logged.operation().node());
    if (node == null) {
      return;
    }
    NodeId before = node.parentAt(key, false);
    NodeId after = node.parentAt(key, true);
    if (before != null) {
      put(before, logged.position());
    }
    if (after != null && !after.equals(before)) {
      put(after, logged.position());
    }
  }

  private void put(NodeId parent, Position position) {
    positions.computeIfAbsent(parent, p -> new Positions()).add(position);
  }

  /** Hands out all entries in the order of the index. */
  void forEach(Consumer<ParentRow> consumer) {
    positions.forEach(
        (parent, list) -> list.forEach(p -> consumer.accept(new ParentRow(parent, p))));
  }

  /** Many positions in little memory. */
  private static final class Positions {
    private long[] versions = new long[2];
    private int[] sequences = new int[2];
    private int size;

    void add(Position position) {
      if (size == versions.length) {
        versions = Arrays.copyOf(versions, size * 2);
        sequences = Arrays.copyOf(sequences, size * 2);
      }
      versions[size] = position.version();
      sequences[size] = position.sequence();
      size++;
    }

    void forEach(Consumer<Position> consumer) {
      for (int i = 0; i < size; i++) {
        consumer.accept(new Position(versions[i], sequences[i]));
      }
    }
  }
}
