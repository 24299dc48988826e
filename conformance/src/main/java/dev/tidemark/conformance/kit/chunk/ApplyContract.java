package dev.tidemark.conformance.kit.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkHeader.Fragment;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.Limits;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.core.ChunkSource;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What applying chunks does, and what it refuses. */
public abstract class ApplyContract extends EngineContract {
  private static final String PEER = "server";

  private final StreamSamples samples = new StreamSamples(99);
  private Tidemark senders = memory();
  private Document receiver = senders.document("unused");
  private Document sender = senders.document("unused");

  /** For subclasses. */
  protected ApplyContract() {}

  @BeforeEach
  final void openSender() {
    senders.close();
    senders = memory();
    receiver = newDocument();
    sender = senders.document(receiver.id());
  }

  @AfterEach
  final void closeSender() {
    senders.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Rule({"A1", "A2", "A4"})
  void chunksInAnyOrderTwiceAndOfSeveralSizesGiveTheSameDocument(long seed) throws IOException {
    samples.fill(sender, ChunkSize.MIN, budget());
    List<Chunk> chunks = new ArrayList<>(chunks(ChunkSize.MIN));
    chunks.addAll(chunks(ChunkSize.MIN + 4_321));
    chunks.addAll(chunks(ChunkSize.MIN));
    Collections.shuffle(chunks, new Random(seed));
    boolean wasPending = false;
    for (Chunk chunk : chunks) {
      wasPending |= receiver.apply(chunk.bytes()).isPayloadPending();
    }
    assertThat(wasPending).as("a payload waited for bytes").isTrue();
    requireSame();
  }

  @Test
  @Rule({"A3", "A7", "A9"})
  void progressFollowsWhatIsAppliedAndNothingElse() {
    samples.fill(sender, ChunkSize.MIN, budget());
    List<Chunk> chunks = chunks(ChunkSize.MIN);
    for (int i = 0; i + 1 < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      Chunk after = chunks.get(i + 1);
      receiver.apply(after.bytes(), "another");
      receiver.apply(after.bytes(), PEER);
      receiver.apply(chunk.bytes(), PEER);
      assertThat(receiver.progress(PEER).orElseThrow().next()).isEqualTo(chunk.header().next());
    }
    assertThat(receiver.progress("another")).isEmpty();
  }

  @Test
  @Rule({"A7", "A9"})
  void aFilteredChunkBehindAGapLeavesTheProgressWhereItIs() {
    samples.fill(sender, ChunkSize.MIN, budget());
    OperationFilter filter = OperationFilter.only(Set.of(StreamSamples.ALICE));
    ChunkRequest request = request(ChunkSize.MIN).withFilter(filter);
    List<Chunk> chunks = StreamSamples.chunks(sender, request);
    receiver.apply(chunks.get(0).bytes(), PEER);
    receiver.apply(chunks.get(2).bytes(), PEER);
    assertThat(receiver.progress(PEER).orElseThrow().next())
        .isEqualTo(chunks.get(0).header().next());
    receiver.puller(PEER, ChunkSource.of(sender::readChunk), request).pull();
    List<OperationId> wanted =
        StreamSamples.ids(sender).stream()
            .filter(id -> id.replica().equals(StreamSamples.ALICE))
            .toList();
    assertThat(StreamSamples.ids(receiver)).hasSameSizeAs(wanted).hasSameElementsAs(wanted);
  }

  @Test
  @Rule({"A7", "A9"})
  void aFilteredChunkThatNothingContinuesLeavesNoProgress() {
    samples.fill(sender, ChunkSize.MIN, budget());
    OperationFilter filter = OperationFilter.only(Set.of(StreamSamples.BOB));
    ChunkRequest request = request(ChunkSize.MIN).withFilter(filter);
    Chunk second = StreamSamples.chunks(sender, request).get(1);
    receiver.apply(second.bytes(), PEER);
    assertThat(receiver.progress(PEER)).isEmpty();
  }

  @Test
  @Rule("A9")
  void aWindowWithAnotherFilterDoesNotContinueTheProgress() {
    sender.append(List.of(samples.insert(StreamSamples.ALICE, 10)));
    sender.append(List.of(samples.insert(StreamSamples.BOB, 10)));
    OperationFilter alice = OperationFilter.only(Set.of(StreamSamples.ALICE));
    Chunk filtered = StreamSamples.chunks(sender, request(ChunkSize.MIN).withFilter(alice)).get(0);
    receiver.apply(filtered.bytes(), PEER);
    ChunkCursor end = receiver.progress(PEER).orElseThrow().next();
    assertThat(end.completedVersion()).isEqualTo(2);
    sender.append(List.of(samples.insert(StreamSamples.ALICE, 10)));
    Chunk all = StreamSamples.chunks(sender, ChunkRequest.after(2)).get(0);
    receiver.apply(all.bytes(), PEER);
    assertThat(receiver.progress(PEER).orElseThrow().next()).isEqualTo(end);
  }

  @Test
  @Rule("A8")
  void aLocalPayloadReplacesTheFragmentsOfItsOperation() throws IOException {
    Operation large = large();
    fragments().subList(0, 2).forEach(chunk -> receiver.apply(chunk.bytes()));
    byte[] content = new byte[700_000];
    new Random(3).nextBytes(content);
    // A replica restored from a backup takes an id again that a peer has seen.
    receiver
        .replica(StreamSamples.ALICE)
        .setPayload(NodeId.ROOT, () -> new ByteArrayInputStream(content));
    assertThat(StreamSamples.ids(receiver)).containsExactly(large.id());
    assertThat(receiver.removeLeftovers(Instant.now().plusSeconds(3_600))).isZero();
    assertThat(digest(receiver, large.id())).isEqualTo(PayloadDigest.ofContent(content));
  }

  @Test
  @Rule("A8")
  void leftoversMayBeRemovedWhateverTheirAge() {
    large();
    receiver.apply(fragments().get(0).bytes());
    assertThat(receiver.removeLeftovers(Instant.MIN)).isZero();
    assertThat(receiver.removeLeftovers(Instant.MAX)).isEqualTo(1);
    assertThat(receiver.removeLeftovers(Instant.MAX)).isZero();
  }

  @Test
  @Rule({"A4", "A8", "A9"})
  void bytesThatWereRemovedAreAskedForAgain() throws IOException {
    Operation large = large();
    List<Chunk> fragments = fragments();
    fragments.subList(0, 3).forEach(chunk -> receiver.apply(chunk.bytes(), PEER));
    assertThat(receiver.removeLeftovers(Instant.EPOCH.plusSeconds(1))).isZero();
    assertThat(receiver.removeLeftovers(Instant.now().plusSeconds(3_600))).isEqualTo(1);
    ApplyResult result = receiver.apply(fragments.get(3).bytes(), PEER);
    assertThat(result.isPayloadPending()).isTrue();
    assertThat(receiver.progress(PEER).orElseThrow().next().offset()).isZero();
    fragments.forEach(chunk -> receiver.apply(chunk.bytes(), PEER));
    requireContent(large);
  }

  @Test
  @Rule({"A3", "A4"})
  void aPayloadWithoutItsDigestLeavesNothing() throws IOException {
    Operation large = large();
    List<Chunk> fragments = fragments();
    byte[] damaged = fragments.get(0).bytes().clone();
    damaged[damaged.length / 2] ^= 1;
    receiver.apply(withChecksum(damaged), PEER);
    for (Chunk chunk : fragments.subList(1, fragments.size() - 1)) {
      receiver.apply(chunk.bytes(), PEER);
    }
    Chunk last = fragments.get(fragments.size() - 1);
    StreamSamples.requireCode(
        ErrorCode.PAYLOAD_DIGEST_MISMATCH, () -> receiver.apply(last.bytes(), PEER));
    assertThat(receiver.status().operations()).isZero();
    assertThat(receiver.progress(PEER).orElseThrow().next().offset()).isZero();
    assertThat(receiver.removeLeftovers(Instant.now().plusSeconds(3_600))).isZero();
    fragments.forEach(chunk -> receiver.apply(chunk.bytes(), PEER));
    requireContent(large);
  }

  @Test
  @Rule("A6")
  void whatIsNoChunkChangesNothing() {
    samples.fill(sender, ChunkSize.MIN, budget());
    byte[] bytes = chunks(ChunkSize.MIN).get(0).bytes();
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] hostile = bytes.clone();
      hostile[random.nextInt(hostile.length)] ^= (byte) (1 << random.nextInt(8));
      byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      requireRefused(i % 2 == 0 ? hostile : cut);
    }
    byte[] future = bytes.clone();
    future[4] = 2;
    StreamSamples.requireCode(
        ErrorCode.CHUNK_UNSUPPORTED, () -> receiver.apply(withChecksum(future), PEER));
    StreamSamples.requireCode(
        ErrorCode.CHUNK_TOO_LARGE, () -> receiver.apply(new byte[ChunkSize.MAX + 1]));
    StreamSamples.requireCode(ErrorCode.CHUNK_MISMATCH, () -> newDocument().apply(bytes));
    assertThat(receiver.status().version()).isZero();
    assertThat(receiver.progress(PEER)).isEmpty();
  }

  @Test
  @Rule("A10")
  void oneIdWithTwoContentsIsRefusedWithNothingApplied() {
    large();
    Chunk first = fragments().get(0);
    receiver.apply(first.bytes());
    try (Tidemark others = memory()) {
      Document other = others.document(receiver.id());
      Operation twin = new StreamSamples(4).insert(StreamSamples.ALICE, 700_000);
      other.append(List.of(twin));
      Chunk conflicting = StreamSamples.chunks(other, request(ChunkSize.MIN)).get(0);
      StreamSamples.requireCode(
          ErrorCode.OPERATION_CONFLICT, () -> receiver.apply(conflicting.bytes()));
      fragments().forEach(chunk -> receiver.apply(chunk.bytes()));
      StreamSamples.requireCode(
          ErrorCode.OPERATION_CONFLICT, () -> receiver.apply(conflicting.bytes()));
      Chunk whole = StreamSamples.chunks(other, request(ChunkSize.DEFAULT)).get(0);
      StreamSamples.requireCode(
          ErrorCode.OPERATION_CONFLICT, () -> receiver.apply(whole.bytes(), PEER));
    }
    assertThat(receiver.status().operations()).isEqualTo(1);
    assertThat(receiver.progress(PEER)).isEmpty();
  }

  @Test
  @Rule("A11")
  void aLamportTimeFarAheadIsRefusedWithTheFirstFragment() {
    try (Tidemark trusting =
        Tidemark.builder("memory:")
            .backend(new InMemoryBackendProvider())
            .maxClockJump(Limits.MAX_COUNT)
            .open()) {
      Document ahead = trusting.document(receiver.id());
      OperationId id = new OperationId(StreamSamples.ALICE, 1);
      Payload payload = Payload.wrap(new byte[700_000]);
      ahead.append(List.of(new Operation.SetPayload(id, Limits.MAX_COUNT, NodeId.ROOT, payload)));
      for (int size : new int[] {ChunkSize.MIN, ChunkSize.DEFAULT}) {
        Chunk chunk = StreamSamples.chunks(ahead, request(size)).get(0);
        StreamSamples.requireCode(ErrorCode.CLOCK_JUMP, () -> receiver.apply(chunk.bytes()));
      }
    }
    assertThat(receiver.removeLeftovers(Instant.now().plusSeconds(3_600))).isZero();
  }

  private Operation large() {
    Operation large = samples.insert(StreamSamples.ALICE, 1_300_000);
    sender.append(List.of(large));
    return large;
  }

  private List<Chunk> fragments() {
    List<Chunk> fragments =
        chunks(ChunkSize.MIN).stream().filter(c -> c.header().fragment() != null).toList();
    assertThat(fragments).hasSizeGreaterThan(4);
    return fragments;
  }

  private List<Chunk> chunks(int size) {
    return StreamSamples.chunks(sender, request(size));
  }

  private static ChunkRequest request(int size) {
    return ChunkRequest.after(0).withChunkSize(size);
  }

  private void requireSame() throws IOException {
    assertThat(StreamSamples.ids(receiver))
        .hasSize((int) sender.status().operations())
        .hasSameElementsAs(StreamSamples.ids(sender));
    assertThat(receiver.treeHash()).isEqualTo(sender.treeHash());
    assertThat(receiver.removeLeftovers(Instant.now().plusSeconds(3_600))).isZero();
    for (Chunk chunk : chunks(ChunkSize.MIN)) {
      Fragment fragment = chunk.header().fragment();
      if (fragment != null) {
        assertThat(digest(receiver, fragment.operation()))
            .isEqualTo(digest(sender, fragment.operation()));
      }
    }
  }

  private void requireContent(Operation operation) throws IOException {
    Payload payload = ((Operation.PayloadCarrying) operation).payload();
    assertThat(payload).isNotNull();
    assertThat(digest(receiver, operation.id())).isEqualTo(payload.digest());
  }

  private static PayloadDigest digest(Document document, OperationId operation) throws IOException {
    MessageDigest digest = PayloadDigest.newMessageDigest();
    try (InputStream content = document.openPayload(operation);
        DigestInputStream digesting = new DigestInputStream(content, digest)) {
      digesting.skipNBytes(0);
      digesting.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return PayloadDigest.of(digest.digest());
  }

  private void requireRefused(byte[] hostile) {
    try {
      receiver.apply(hostile, PEER);
    } catch (TidemarkException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.CHUNK_MALFORMED);
      return;
    }
    throw new AssertionError("a damaged chunk was applied");
  }

  private static byte[] withChecksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
    return bytes;
  }

  private static Tidemark memory() {
    return Tidemark.builder("memory:").backend(new InMemoryBackendProvider()).open();
  }
}
