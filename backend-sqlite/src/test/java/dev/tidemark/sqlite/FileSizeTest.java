package dev.tidemark.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operation costs on the medium: counted, so that a column too many is noticed. */
final class FileSizeTest {
  private static final int VERSIONS = 60;
  private static final int OPERATIONS = 500;
  private static final int PAYLOAD_BYTES = 64;
  private static final int MOST_BYTES_PER_OPERATION = 250;

  private final Random random = new Random(1);
  private final ReplicaId replica = ReplicaId.of(bytes(16));
  private final List<NodeId> inner = new ArrayList<>(List.of(NodeId.ROOT));

  @TempDir Path directory;

  @Test
  void freshInsertsKeepTheirBudget() throws IOException {
    Path file = directory.resolve("store.db");
    try (Backend store = Stores.open("sqlite:" + file + "?synchronous=off", OpenMode.CREATE)) {
      for (int version = 1; version <= VERSIONS; version++) {
        try (WriteTransaction transaction = store.beginWrite(Stores.NOTES)) {
          insert(transaction, version);
          transaction.commit();
        }
      }
    }

    assertThat(Files.size(file) / (VERSIONS * OPERATIONS))
        .isLessThanOrEqualTo(MOST_BYTES_PER_OPERATION);
  }

  private void insert(WriteTransaction transaction, int version) {
    List<LoggedOperation> log = new ArrayList<>();
    List<NodeRow> nodes = new ArrayList<>();
    List<StructuralRow> structural = new ArrayList<>();
    List<ParentRow> parents = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      boolean isInner = random.nextInt(10) == 0;
      long counter = (version - 1L) * OPERATIONS + i + 1;
      Operation.Insert insert =
          new Operation.Insert(
              new OperationId(replica, counter),
              counter,
              NodeId.timeOrdered(),
              inner.get(random.nextInt(inner.size())),
              OrderKey.of(bytes(4)),
              Payload.of(bytes(PAYLOAD_BYTES)));
      log.add(new LoggedOperation(new Position(version, i), insert));
      nodes.add(node(insert, isInner));
      parents.add(new ParentRow(insert.parent(), new Position(version, i)));
      if (isInner) {
        inner.add(insert.node());
        structural.add(
            new StructuralRow(
                insert.node(), insert.key(), insert.parent(), insert.orderKey(), true, true));
      }
    }
    transaction.appendLog(log);
    transaction.putNodes(nodes);
    transaction.putStructural(structural);
    transaction.putParentRows(parents);
  }

  private static NodeRow node(Operation.Insert insert, boolean isInner) {
    return new NodeRow(
        insert.node(),
        new PlacementRow(insert.parent(), insert.orderKey(), insert.key()),
        new PayloadRow(insert.key(), true),
        isInner,
        false,
        false,
        isInner);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
