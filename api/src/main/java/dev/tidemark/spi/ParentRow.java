package dev.tidemark.spi;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Position;
import java.util.Comparator;

/**
 * An entry of the parent index: an operation that shaped the children of a node. Ordered by parent,
 * then by position, which is the order of the index.
 *
 * @param parent the node whose children it shaped
 * @param position where the operation stands in the log
 */
public record ParentRow(NodeId parent, Position position) implements Comparable<ParentRow> {
  private static final Comparator<ParentRow> ORDER =
      Comparator.comparing(ParentRow::parent).thenComparing(ParentRow::position);

  @Override
  public int compareTo(ParentRow other) {
    return ORDER.compare(this, other);
  }
}
