package dev.tidemark.conformance.memory;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * All rows of one document. The maps are persistent: a change makes a new map that shares all but
 * one path with the old one, so a copy of this object costs thirteen references, and it is the
 * snapshot of a reader, the workspace of a writer and what a rollback forgets.
 */
final class Rows {
  DocumentState state = DocumentState.EMPTY;
  TreePMap<Position, LoggedOperation> log = TreePMap.empty();
  TreePMap<OperationId, LoggedOperation> byId = TreePMap.empty();
  TreePMap<NodeId, NodeRow> nodes = TreePMap.empty();
  TreePMap<NodeId, TreePMap<SiblingKey, NodeId>> children = TreePMap.empty();
  TreePMap<NodeId, KnownOperations> deletions = TreePMap.empty();
  TreePMap<NodeId, TreePMap<CanonicalKey, StructuralRow>> structural = TreePMap.empty();
  TreePMap<CanonicalKey, StructuralRow> inner = TreePMap.empty();
  TreePMap<NodeId, TreePMap<CanonicalKey, CanonicalKey>> content = TreePMap.empty();
  TreePMap<ParentRow, ParentRow> parents = TreePMap.empty();
  TreePMap<OperationId, TreePMap<Long, byte[]>> payloads = TreePMap.empty();
  TreePMap<OperationId, StagedPayload> staged = TreePMap.empty();
  TreePMap<String, SyncProgress> progress = TreePMap.empty();

  Rows() {}

  /** Copies rows, for a writer to change. Rows that were committed are never changed. */
  Rows(Rows other) {
    state = other.state;
    log = other.log;
    byId = other.byId;
    nodes = other.nodes;
    children = other.children;
    deletions = other.deletions;
    structural = other.structural;
    inner = other.inner;
    content = other.content;
    parents = other.parents;
    payloads = other.payloads;
    staged = other.staged;
    progress = other.progress;
  }

  void append(LoggedOperation operation) {
    log = log.plus(operation.position(), operation);
    Operation added = operation.operation();
    byId = byId.plus(added.id(), operation);
    if (!(added instanceof Operation.Structural)) {
      content = with(content, added.node(), added.key(), added.key());
    }
  }

  void put(NodeRow row) {
    unlink(nodes.get(row.node()));
    nodes = nodes.plus(row.node(), row);
    PlacementRow placement = row.placement();
    if (placement != null) {
      children = with(children, placement.parent(), placement.siblingKey(row.node()), row.node());
    }
  }

  void removeNode(NodeId node) {
    unlink(nodes.get(node));
    nodes = nodes.minus(node);
  }

  /** Takes a row out of its parent's children. */
  private void unlink(@Nullable NodeRow row) {
    PlacementRow placement = row == null ? null : row.placement();
    if (row != null && placement != null) {
      children = without(children, placement.parent(), placement.siblingKey(row.node()));
    }
  }

  void put(StructuralRow row) {
    structural = with(structural, row.node(), row.key(), row);
    inner = row.isInner() ? inner.plus(row.key(), row) : inner.minus(row.key());
  }

  void remove(StructuralRow row) {
    structural = without(structural, row.node(), row.key());
    inner = inner.minus(row.key());
  }

  void putPayload(OperationId operation, long offset, byte[] bytes) {
    payloads = with(payloads, operation, offset, bytes.clone());
  }

  void removePayload(OperationId operation, long offset) {
    payloads = without(payloads, operation, offset);
  }

  /** The entries under one key of a map of maps. */
  static <A, B extends Comparable<B>, C> TreePMap<B, C> entries(
      TreePMap<A, TreePMap<B, C>> map, A key) {
    TreePMap<B, C> entries = map.get(key);
    return entries == null ? TreePMap.empty() : entries;
  }

  private static <A, B extends Comparable<B>, C> TreePMap<A, TreePMap<B, C>> with(
      TreePMap<A, TreePMap<B, C>> map, A key, B entry, C value) {
    return map.plus(key, entries(map, key).plus(entry, value));
  }

  /** Leaves no key without entries behind, as these would read as present and empty. */
  private static <A, B extends Comparable<B>, C> TreePMap<A, TreePMap<B, C>> without(
      TreePMap<A, TreePMap<B, C>> map, A key, B entry) {
    TreePMap<B, C> rest = entries(map, key).minus(entry);
    return rest.isEmpty() ? map.minus(key) : map.plus(key, rest);
  }
}
