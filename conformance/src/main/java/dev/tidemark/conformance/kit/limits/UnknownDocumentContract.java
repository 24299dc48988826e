package dev.tidemark.conformance.kit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Placement;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.TreeSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A document that nobody has written: it reads as empty, and is not made by reading. */
public abstract class UnknownDocumentContract extends EngineContract {
  /** For subclasses. */
  protected UnknownDocumentContract() {}

  @Test
  @Rule("B8")
  void readingAnUnknownDocumentFindsNothingAndMakesNothing() {
    Document unknown = newDocument();

    assertThat(unknown.status().version()).isZero();
    assertThat(unknown.status().operations()).isZero();
    assertThat(unknown.status().head()).isEmpty();
    assertThat(unknown.children(NodeId.ROOT, null, 9).nodes()).isEmpty();
    assertThat(unknown.node(NodeId.timeOrdered())).isEmpty();
    assertThat(unknown.treeHash().visibleNodes()).isZero();
    assertThat(unknown.progress("peer")).isEmpty();
    List<Object> visited = new ArrayList<>();
    unknown.readLog(Position.START, Long.MAX_VALUE - 1, visited::add);
    assertThat(visited).isEmpty();
    try (TreeSnapshot snapshot = unknown.snapshot()) {
      assertThat(snapshot.version()).isZero();
      assertThat(snapshot.walk(NodeId.ROOT)).isEmpty();
    }
    assertThat(store().documents(null, 9)).as("documents made by reading").isEmpty();
  }

  @Test
  @Rule("C9")
  void theWindowOfAnUnknownDocumentIsAnEndWithoutAChunk() {
    Document unknown = newDocument();

    assertThat(unknown.readChunk(ChunkRequest.after(0)).isEnd()).isTrue();
    assertThat(unknown.readChunk(ChunkRequest.after(0)).chunk()).isEmpty();
    assertThat(unknown.readChunk(ChunkRequest.after(7)).isEnd()).isTrue();
    assertThat(store().documents(null, 9)).isEmpty();
  }

  @Test
  @Rule("R9")
  void whatKeepsATreeDoesNothingWhereThereIsNone() {
    Document unknown = newDocument();

    assertThat(unknown.ensureMaterialized()).isEqualTo(CatchUp.NONE);
    assertThat(unknown.rebuild()).isEqualTo(CatchUp.NONE);
    assertThat(unknown.verify(ProgressListener.NONE).isIdentical()).isTrue();
    assertThat(unknown.removeLeftovers(Instant.MAX)).isZero();
    assertThat(store().documents(null, 9)).isEmpty();
  }

  @Test
  @Rule("B8")
  void anotherDocumentThatIsWrittenLeavesItUnknown() {
    Document unknown = newDocument();
    newDocument().replica(ReplicaId.fromHex("0a")).insert(NodeId.ROOT, Placement.last());

    assertThat(unknown.status().version()).isZero();
    assertThat(store().documents(null, 9)).doesNotContain(unknown.id());
  }
}
