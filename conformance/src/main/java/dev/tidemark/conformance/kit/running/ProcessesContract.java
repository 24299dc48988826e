package dev.tidemark.conformance.kit.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes at one store. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class ProcessesContract extends ProcessContract {
  private static final int WRITES = 15;

  /** For subclasses. */
  protected ProcessesContract() {}

  @Test
  @Rule({"B2", "B10"})
  void writersInSeveralProcessesTakeTurns() throws Exception {
    Document document = newDocument();
    document.replica(ReplicaId.fromHex("0a")).insert(NodeId.ROOT, Placement.last());
    if (isRefused(document)) {
      return;
    }
    OtherProcesses.Running one = start(document, "write", "0b", "" + WRITES);
    OtherProcesses.Running two = start(document, "write", "0c", "" + WRITES);
    for (int i = 1; i < WRITES; i++) {
      document.replica(ReplicaId.fromHex("0a")).insert(NodeId.ROOT, Placement.last());
    }
    assertThat(one.end().lines()).contains("done");
    assertThat(two.end().lines()).contains("done");

    assertThat(document.status().version()).isEqualTo(3L * WRITES);
    assertThat(document.status().operations()).isEqualTo(3L * WRITES);
    assertThat(document.treeHash().visibleNodes()).isEqualTo(3L * WRITES);
    assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
  }

  @Test
  @Rule({"C2", "B10"})
  void anotherProcessGoesOnWithAStreamByteForByte() throws Exception {
    Document document = newDocument();
    for (int i = 0; i < 6; i++) {
      byte[] content = new byte[200_000];
      new java.util.Random(i).nextBytes(content);
      document
          .replica(ReplicaId.fromHex("0a"))
          .insert(NodeId.ROOT, Placement.last(), dev.tidemark.api.Payload.of(content));
    }
    if (isRefused(document)) {
      return;
    }
    List<Chunk> chunks = new ArrayList<>();
    document.changes(ChunkRequest.after(0).withChunkSize(ChunkSize.MIN)).forEach(chunks::add);
    for (int i : new int[] {1, chunks.size() - 1}) {
      String token = chunks.get(i - 1).header().next().token();
      List<String> lines = run(document, "read", token).lines();
      assertThat(lines).contains(Base64.getEncoder().encodeToString(chunks.get(i).bytes()));
    }
  }
}
