package dev.tidemark.conformance.kit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.cost.ObservedProvider;
import dev.tidemark.conformance.kit.cost.StorageCalls;
import dev.tidemark.conformance.kit.report.KitTest;
import dev.tidemark.conformance.kit.report.Refusals;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads of every size: written, read, sent and received. */
public abstract class PayloadSizesContract extends EngineContract {
  private static final int INLINE = 16 * 1024;
  private static final int PIECE = 128 * 1024;

  /** The most that the storage interface is asked to write at once. */
  private static final int LARGEST_WRITE = 256 * 1024;

  /** What the engine reads at once where it needs no more than the digest. */
  private static final int LARGEST_READ = 1024 * 1024;

  private static final ReplicaId REPLICA = ReplicaId.fromHex("0a");
  private static final OperationId FIRST = new OperationId(REPLICA, 1);

  /** For subclasses. */
  protected PayloadSizesContract() {}

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        INLINE - 1,
        INLINE,
        INLINE + 1,
        PIECE - 1,
        PIECE,
        PIECE + 1,
        2 * PIECE,
        2 * PIECE + 1,
        ChunkSize.MIN - 7_000,
        ChunkSize.MIN,
        3 * ChunkSize.MIN - 1,
        3 * ChunkSize.MIN + 1
      })
  @Rule({"A4", "B4", "C4"})
  void aPayloadOfAnySizeArrivesAsItWasWritten(int size) throws IOException {
    Document sender = newDocument();
    PayloadDigest expected = digest(new GeneratedContent(size));
    sender.replica(REPLICA).insert(NodeId.ROOT, Placement.last(), () -> new GeneratedContent(size));
    assertThat(digest(sender.openPayload(FIRST))).as("B4: as it was written").isEqualTo(expected);

    Document receiver = anotherStore().document(sender.id());
    transfer(sender, receiver);
    assertThat(digest(receiver.openPayload(FIRST))).as("A4: as it came").isEqualTo(expected);
    assertThat(receiver.treeHash()).as("A4: the tree").isEqualTo(sender.treeHash());
    assertThat(receiver.verify(ProgressListener.NONE).differences()).as("A4: verify").isEmpty();
  }

  @Test
  @Rule("B4")
  void anEmptyPayloadIsNoAbsentOne() {
    Document document = newDocument();
    NodeId empty =
        document.replica(REPLICA).insert(NodeId.ROOT, Placement.last(), Payload.of(new byte[0]));
    NodeId absent = document.replica(REPLICA).insert(NodeId.ROOT, Placement.last());

    assertThat(document.node(empty).orElseThrow().payload()).isPresent();
    assertThat(document.node(absent).orElseThrow().payload()).isEmpty();
    assertThat(document.treeHash().payloadNodes()).isEqualTo(1);
  }

  @Test
  @Rule({"A5", "C5"})
  void aPayloadOfAFewChunksIsStreamed() throws IOException {
    stream(3L << 20, false);
  }

  /** A receiver that has digested what came in order must read what did not. */
  @Test
  @Rule({"A5", "C5"})
  void aPayloadWhoseFirstBytesComeLastIsStreamed() throws IOException {
    stream(3L << 20, true);
  }

  @Test
  @Rule({"A5", "C5"})
  void aPayloadOf64MebibytesIsStreamed() throws IOException {
    stream(64L << 20, false);
  }

  @Test
  @Tag(KitTest.SLOW)
  @EnabledIfSystemProperty(named = "tidemark.large", matches = "true")
  @Rule({"A5", "C5"})
  void aPayloadOfOneGibibyteIsStreamed() throws IOException {
    if (!backend().supports(Capability.DURABLE)) {
      // What is kept in memory alone is bounded by it, and nothing is said of streams.
      Refusals.asserted(Capability.DURABLE);
      return;
    }
    stream(1L << 30, false);
  }

  private void stream(long size, boolean isFirstLast) throws IOException {
    StorageCalls sending = new StorageCalls();
    StorageCalls receiving = new StorageCalls();
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), sending))) {
      Document sender = observed.document("large");
      sender
          .replica(REPLICA)
          .insert(NodeId.ROOT, Placement.last(), () -> new GeneratedContent(size));
      assertThat(sending.mostBytes("writePayload")).as("A5: bytes written at once").isPositive();
      assertThat(sending.mostBytes("writePayload"))
          .as("A5: bytes written at once")
          .isLessThanOrEqualTo(LARGEST_WRITE);

      Document receiver =
          anotherStore(new ObservedProvider(backend().provider(), receiving)).document("large");
      sending.reset();
      int chunkSize = budget().chunkSize();
      List<byte[]> heldBack = new ArrayList<>();
      for (Chunk chunk : sender.changes(ChunkRequest.after(0).withChunkSize(chunkSize))) {
        assertThat(sending.bytes("readPayload"))
            .as("C5: bytes read for one chunk")
            .isLessThanOrEqualTo(chunkSize);
        if (isFirstLast && heldBack.isEmpty()) {
          heldBack.add(chunk.bytes());
        } else {
          receiver.apply(chunk.bytes());
        }
        sending.reset();
      }
      heldBack.forEach(receiver::apply);
      assertThat(receiving.mostBytes("writePayload"))
          .as("A5: bytes written at once")
          .isBetween(1, LARGEST_WRITE);
      assertThat(receiving.mostBytes("readPayload"))
          .as("A5: bytes read at once")
          .isLessThanOrEqualTo(LARGEST_READ);
      assertThat(digest(receiver.openPayload(FIRST)))
          .as("A5: what came")
          .isEqualTo(digest(new GeneratedContent(size)));
    }
  }

  private void transfer(Document sender, Document receiver) {
    ChunkRequest request = ChunkRequest.after(0).withChunkSize(budget().chunkSize());
    for (Chunk chunk : sender.changes(request)) {
      receiver.apply(chunk.bytes());
    }
  }

  private static PayloadDigest digest(InputStream content) throws IOException {
    MessageDigest digest = PayloadDigest.newMessageDigest();
    try (DigestInputStream digesting = new DigestInputStream(content, digest)) {
      digesting.transferTo(OutputStream.nullOutputStream());
    }
    return PayloadDigest.of(digest.digest());
  }
}
