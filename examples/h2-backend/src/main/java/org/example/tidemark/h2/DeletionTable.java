package org.example.tidemark.h2;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.support.RowCodec;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What the deletes of nodes cover. */
record DeletionTable(Rows rows) {
  Map<NodeId, KnownOperations> find(Collection<NodeId> nodes) {
    Map<NodeId, KnownOperations> found = new HashMap<>();
    rows.visit(
        "SELECT w.k, d.body" + Rows.KEYS + "JOIN deletion d ON d.document = ? AND d.node = w.k",
        Keys.list(nodes, NodeId::toByteArray),
        row -> found.put(NodeId.of(row.getBytes(1)), RowCodec.KNOWN.decode(row.getBytes(2))));
    return found;
  }

  void put(Map<NodeId, KnownOperations> deletions) {
    rows.write(
        "MERGE INTO deletion(document, node, body) KEY(document, node) VALUES (?, ?, ?)",
        deletions.entrySet(),
        row ->
            new Object[] {
              rows.key(), row.getKey().toByteArray(), RowCodec.KNOWN.encode(row.getValue())
            });
  }
}
