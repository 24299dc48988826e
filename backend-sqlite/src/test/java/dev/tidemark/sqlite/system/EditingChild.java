package dev.tidemark.sqlite.system;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.Document;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.ReadMode;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Edits a document at random, beside others who do so. */
final class EditingChild {
  static final String NAME = "edited";
  private static final int FEW = 30;

  private EditingChild() {}

  /**
   * Edits.
   *
   * @param arguments the URI of the store, a seed, and how many edits
   */
  public static void main(String[] arguments) {
    Random random = new Random(Long.parseLong(arguments[1]));
    try (Tidemark store = Tidemark.open(arguments[0])) {
      Document document = store.document(NAME);
      LocalReplica writer = document.replica(ReplicaId.random());
      for (int left = Integer.parseInt(arguments[2]); left > 0; left--) {
        edit(writer, nodes(document), random);
      }
    }
  }

  private static List<NodeId> nodes(Document document) {
    List<NodeId> nodes = new ArrayList<>(List.of(NodeId.ROOT));
    try (TreeSnapshot tree = document.snapshot(ReadMode.AS_IS)) {
      tree.walk(NodeId.ROOT).limit(FEW).forEach(entry -> nodes.add(entry.node().id()));
    }
    return nodes;
  }

  private static void edit(LocalReplica writer, List<NodeId> nodes, Random random) {
    NodeId parent = nodes.get(random.nextInt(nodes.size()));
    NodeId node = nodes.get(random.nextInt(nodes.size()));
    Placement placement = random.nextBoolean() ? Placement.first() : Placement.last();
    try {
      switch (node.isRoot() ? 0 : random.nextInt(6)) {
        case 1, 2 -> writer.move(node, parent, placement);
        case 3 -> writer.delete(node);
        case 4 -> writer.setPayload(node, Payload.of("content " + random.nextInt(3)));
        default -> writer.insert(parent, placement, Payload.of("new"));
      }
    } catch (TidemarkException e) {
      // The others may have been faster.
      if (e.code() != ErrorCode.NODE_NOT_FOUND && e.code() != ErrorCode.CYCLE) {
        throw e;
      }
    }
  }
}
