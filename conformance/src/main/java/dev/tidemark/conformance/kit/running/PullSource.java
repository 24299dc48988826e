package dev.tidemark.conformance.kit.running;

import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.util.List;
import java.util.Random;

/** A document to pull from, the same in each process that makes it. */
final class PullSource {
  private static final int VERSIONS = 30;
  private static final int LARGE_EVERY = 10;

  private PullSource() {}

  static Tidemark open() {
    return Tidemark.builder("memory:").backend(new InMemoryBackendProvider()).open();
  }

  static ChunkRequest request() {
    return ChunkRequest.after(0).withChunkSize(ChunkSize.MIN);
  }

  /** Small payloads, and some that travel as fragments. */
  static Document fill(Tidemark senders, DocumentId id, long seed) {
    Random random = new Random(seed);
    Document document = senders.document(id);
    for (int n = 1; n <= VERSIONS; n++) {
      byte[] content = new byte[n % LARGE_EVERY == 0 ? 2 * ChunkSize.MIN + n : 60_000];
      random.nextBytes(content);
      document.append(
          List.of(
              new Operation.Insert(
                  new OperationId(ReplicaId.fromHex("5e"), n),
                  n,
                  new NodeId(9, n),
                  NodeId.ROOT,
                  OrderKey.EMPTY,
                  Payload.wrap(content))));
    }
    return document;
  }
}
