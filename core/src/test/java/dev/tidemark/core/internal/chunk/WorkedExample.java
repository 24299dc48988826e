package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import java.nio.charset.StandardCharsets;

/** The document that docs/chunk-format.md takes apart byte by byte. */
final class WorkedExample {
  private WorkedExample() {}

  /** One replica writes a chapter, titles it and, in a second version, deletes it. */
  static Chunk chunk() {
    TestStore store = new TestStore(DocumentId.of("notes"));
    ReplicaId author = ReplicaId.fromHex("aa01");
    NodeId chapter = NodeId.fromHex("11111111111111111111111111111111");
    TestLog.append(
        store,
        new Operation.Insert(
            new OperationId(author, 1), 1, chapter, NodeId.ROOT, key("a"), Payload.of("Hi")),
        new Operation.Move(new OperationId(author, 2), 2, chapter, NodeId.ROOT, key("b")));
    TestLog.append(
        store,
        new Operation.Delete(
            new OperationId(author, 3),
            5,
            chapter,
            KnownOperations.builder().add(author, 1, 2).build()));
    return new ChunkReader()
        .read(store, ChunkRequest.after(0).withChunkSize(ChunkSize.MIN).cursorOf(store.document()))
        .chunk()
        .orElseThrow();
  }

  private static OrderKey key(String text) {
    return OrderKey.of(text.getBytes(StandardCharsets.US_ASCII));
  }
}
