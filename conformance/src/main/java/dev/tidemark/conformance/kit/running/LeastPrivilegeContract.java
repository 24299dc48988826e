package dev.tidemark.conformance.kit.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.report.Refusals;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.ReadMode;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeSnapshot;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.OpenMode;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A reader without any right to write: what it can do, and how the rest is refused. */
public abstract class LeastPrivilegeContract extends EngineContract {
  private static final ReplicaId REPLICA = ReplicaId.fromHex("0a");

  /** For subclasses. */
  protected LeastPrivilegeContract() {}

  @Test
  @Rule("C7")
  void aReaderDrainsTheLogAndReadsTheTree() {
    Document written = filled();
    List<byte[]> expected = chunks(written);
    if (isRefused()) {
      return;
    }
    if (backend().readerOf(uri()).equals(uri())) {
      // Who could write, and only does not, shows less than one who cannot.
      Refusals.uncounted();
    }
    try (Tidemark reader = openAsReader()) {
      Document document = reader.document(written.id());
      assertThat(reader.isReadOnly()).isTrue();
      assertThat(chunks(document)).usingRecursiveComparison().isEqualTo(expected);
      assertThat(document.treeHash()).isEqualTo(written.treeHash());
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
      assertThat(reader.documents(null, 9)).containsExactly(written.id());
    }
  }

  @Test
  @Rule("C7")
  void aReaderThatWritesIsRefusedAndChangesNothing() {
    Document written = filled();
    if (isRefused()) {
      return;
    }
    try (Tidemark reader = openAsReader()) {
      Document document = reader.document(written.id());
      assertReadOnly(() -> document.replica(REPLICA).insert(NodeId.ROOT, Placement.last()));
      assertReadOnly(() -> document.append(List.of(late())));
      assertReadOnly(document::rebuild);
      chunks(written).forEach(chunk -> assertReadOnly(() -> document.apply(chunk, "peer")));
    }
    assertThat(written.status().operations()).isEqualTo(20);
    assertThat(written.progress("peer")).isEmpty();
  }

  @Test
  @Rule("R7")
  void aReaderIsToldThatATreeIsNotUpToDate() {
    Document written = filled();
    written.append(List.of(late()), CatchUpPolicy.deferred());
    if (isRefused()) {
      return;
    }
    try (Tidemark reader = openAsReader()) {
      Document document = reader.document(written.id());
      assertReadOnly(() -> document.snapshot().close());
      try (TreeSnapshot snapshot = document.snapshot(ReadMode.AS_IS)) {
        assertThat(snapshot.frontier()).isPresent();
        assertThat(snapshot.hash().visibleNodes()).isEqualTo(20);
      }
    }
  }

  private boolean isRefused() {
    if (backend().supports(Capability.READ_ONLY_OPEN)) {
      return false;
    }
    TidemarkException failure =
        catchThrowableOfType(TidemarkException.class, () -> openAsReader().close());
    assertThat(failure).as("the refusal of mode READ, which is declared off").isNotNull();
    assertThat(failure.code()).as("opening in mode READ").isEqualTo(ErrorCode.UNSUPPORTED);
    Refusals.asserted(Capability.READ_ONLY_OPEN);
    return true;
  }

  private Tidemark openAsReader() {
    return Tidemark.builder(backend().readerOf(uri()))
        .backend(backend().provider())
        .mode(OpenMode.READ)
        .open();
  }

  private Document filled() {
    Document document = newDocument();
    for (int i = 0; i < 20; i++) {
      document
          .replica(REPLICA)
          .insert(NodeId.ROOT, Placement.last(), Payload.of(new byte[1_000 * i]));
    }
    return document;
  }

  private static Operation late() {
    return new Operation.Insert(
        new OperationId(ReplicaId.fromHex("0b"), 1),
        1,
        NodeId.timeOrdered(),
        NodeId.ROOT,
        OrderKey.EMPTY,
        null);
  }

  private List<byte[]> chunks(Document document) {
    List<byte[]> chunks = new ArrayList<>();
    ChunkRequest request = ChunkRequest.after(0).withChunkSize(budget().chunkSize());
    for (Chunk chunk : document.changes(request)) {
      chunks.add(chunk.bytes());
    }
    return chunks;
  }

  private static void assertReadOnly(ThrowingCallable call) {
    TidemarkException failure = catchThrowableOfType(TidemarkException.class, call);
    assertThat(failure).as("what a write without rights throws").isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.READ_ONLY);
  }
}
