package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.key;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.spi.StructuralRow;

/** Short ways to make entries of the structural index. */
final class StructuralSamples {
  private StructuralSamples() {}

  static StructuralRow entry(NodeId node, long n, boolean isInner) {
    return entry(node, key(n), true, isInner);
  }

  static StructuralRow entry(NodeId node, CanonicalKey key, boolean isEffective, boolean isInner) {
    return new StructuralRow(node, key, NodeId.ROOT, OrderKey.EMPTY, isEffective, isInner);
  }
}
