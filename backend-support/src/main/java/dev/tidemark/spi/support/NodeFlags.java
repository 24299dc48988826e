package dev.tidemark.spi.support;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import org.jspecify.annotations.Nullable;

/**
 * The flags of a node as one small number, for backends that give each part of a node a column. The
 * commonest node, inserted with its payload and without children, has flags 1 and no payload key.
 */
public final class NodeFlags {
  private static final int HAS_PAYLOAD = 1;
  private static final int INNER = 2;
  private static final int DELETED = 4;
  private static final int TOMBSTONED = 8;
  private static final int INDEXED = 16;

  /** The first bit that no flag takes. */
  static final int FREE = 32;

  private NodeFlags() {}

  /**
   * Returns the flags of a node.
   *
   * @param row the node
   * @return 0 to 31
   */
  public static int of(NodeRow row) {
    PayloadRow payload = row.payload();
    return (payload != null && payload.isPresent() ? HAS_PAYLOAD : 0)
        | (row.isInner() ? INNER : 0)
        | (row.isDeleted() ? DELETED : 0)
        | (row.isTombstoned() ? TOMBSTONED : 0)
        | (row.isIndexed() ? INDEXED : 0);
  }

  /**
   * Returns which operation wrote the payload, where that cannot be told from flags and placement:
   * most nodes still have the payload of the insert that placed them.
   *
   * @param row the node
   * @return the operation; null where {@link #row} finds it without, and where nothing was written
   */
  public static @Nullable CanonicalKey separatePayloadKey(NodeRow row) {
    PayloadRow payload = row.payload();
    if (payload == null) {
      return null;
    }
    PlacementRow placement = row.placement();
    boolean isSame =
        payload.isPresent()
            && placement != null
            && placement.writtenBy().equals(payload.writtenBy());
    return isSame ? null : payload.writtenBy();
  }

  /**
   * Makes the row again.
   *
   * @param node the node
   * @param flags what {@link #of} returned
   * @param placement its placement
   * @param separatePayloadKey what {@link #separatePayloadKey} returned
   * @return the row
   * @throws DamagedBytesException if no row has these together
   */
  public static NodeRow row(
      NodeId node,
      int flags,
      @Nullable PlacementRow placement,
      @Nullable CanonicalKey separatePayloadKey) {
    return new NodeRow(
        node,
        placement,
        payload(flags, separatePayloadKey, placement),
        (flags & INNER) != 0,
        (flags & DELETED) != 0,
        (flags & TOMBSTONED) != 0,
        (flags & INDEXED) != 0);
  }

  private static @Nullable PayloadRow payload(
      int flags, @Nullable CanonicalKey separateKey, @Nullable PlacementRow placement) {
    boolean isPresent = (flags & HAS_PAYLOAD) != 0;
    if (separateKey != null) {
      return new PayloadRow(separateKey, isPresent);
    }
    if (!isPresent) {
      return null;
    }
    if (placement == null) {
      throw DamagedBytesException.of("a payload that nothing wrote");
    }
    return new PayloadRow(placement.writtenBy(), true);
  }
}
