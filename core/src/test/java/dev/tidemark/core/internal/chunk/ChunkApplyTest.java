package dev.tidemark.core.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.payload.StoredPayloads;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StagedPayload.ByteRange;
import dev.tidemark.spi.WriteTransaction;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applying chunks and fragments (rules A1 to A10). */
class ChunkApplyTest {
  private static final String PEER = "server";
  private static final int MIN = ChunkSize.MIN;
  private static final long NOW = 1_000_000;

  private final TestOperations make = new TestOperations(2);
  private final TestStore sender = new TestStore(TestOperations.DOCUMENT);
  private final TestStore receiver = new TestStore(TestOperations.DOCUMENT);

  /** What is told adds up to the rows that are there. */
  private final AtomicInteger staged = new AtomicInteger();

  private final List<ErrorCode> refused = new ArrayList<>();
  private final ChunkIntake intake = intake(NOW, staged::addAndGet, refused::add);

  /** One of a process of its own. */
  private static ChunkIntake intake(long now, IntConsumer staged, Consumer<ErrorCode> refused) {
    return new ChunkIntake(
        new ChunkApplier(
            TestLog::append,
            (transaction, operation) -> {},
            Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC)),
        new RunningDigests(),
        staged,
        refused);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void chunksInAnyOrderTwiceAndOfSeveralSizesGiveTheSameLog(long seed) {
    Operation large = fill();
    List<Chunk> chunks = new ArrayList<>(drain(MIN));
    chunks.addAll(drain(MIN + 1_000));
    chunks.addAll(drain(MIN));
    Collections.shuffle(chunks, new Random(seed));
    for (Chunk chunk : chunks) {
      apply(chunk, null);
      assertThat(staged.get()).isEqualTo(receiver.staged().size());
    }
    requireComplete(large);
  }

  @Test
  void aPayloadThatComesWholeReplacesItsFragments() {
    Operation large = fill();
    drain(MIN).stream()
        .filter(chunk -> chunk.header().fragment() != null)
        .limit(2)
        .forEach(chunk -> apply(chunk, null));
    assertThat(receiver.staged()).hasSize(1);
    drain(4 * 1024 * 1024).forEach(chunk -> apply(chunk, null));
    requireComplete(large);
    assertThat(staged.get()).isZero();
  }

  @Test
  void progressFollowsTheChunksAndNothingElse() {
    fill();
    List<Chunk> chunks = drain(MIN);
    apply(chunks.get(0), PEER);
    assertThat(progress()).isEqualTo(chunks.get(0).header().next());
    apply(chunks.get(2), PEER);
    assertThat(progress()).as("a gap").isEqualTo(chunks.get(0).header().next());
    apply(chunks.get(0), PEER);
    assertThat(progress()).as("again").isEqualTo(chunks.get(0).header().next());
    chunks.forEach(chunk -> apply(chunk, PEER));
    assertThat(progress().isEnd()).isTrue();
  }

  @Test
  void progressPassesAGapOnlyWhereItWasAskedFrom() {
    for (int i = 0; i < 10; i++) {
      TestLog.append(sender, make.small(1), make.small(0), make.small(0));
    }
    ChunkCursor start =
        start(ChunkRequest.after(0).withFilter(OperationFilter.only(Set.of(TestOperations.BOB))));
    ChunkReader reader = new ChunkReader(3);
    ChunkCursor asked = start;
    Chunk last = null;
    int gaps = 0;
    while (!asked.isEnd()) {
      ChunkResult result = reader.read(sender, asked);
      if (result.chunk().isPresent()) {
        Chunk chunk = result.chunk().get();
        apply(chunk, PEER);
        boolean isGap = !chunk.header().first().equals(asked.position());
        gaps += isGap && last != null ? 1 : 0;
        if (isGap && last != null) {
          assertThat(progress()).as("nobody asked").isEqualTo(asked);
          answer(chunk, new PullStep(PEER, start));
          assertThat(progress()).as("asked elsewhere").isEqualTo(asked);
        }
        answer(chunk, new PullStep(PEER, asked));
        last = chunk;
      } else {
        ChunkCursor before = asked;
        receiver.write(
            transaction -> {
              PullProgress.pass(transaction, before, new SyncProgress(PEER, result.next()));
              return true;
            });
      }
      assertThat(progress()).isEqualTo(result.next());
      asked = result.next();
    }
    assertThat(gaps).isPositive();
    PullProgress.pass(receiver, start, new SyncProgress(PEER, start));
    assertThat(progress()).as("asked elsewhere").isEqualTo(asked);
  }

  @Test
  void aWindowThatStartsFurtherDoesNotMoveTheProgress() {
    fill();
    drain(MIN).forEach(chunk -> apply(chunk, PEER));
    ChunkCursor end = progress();
    TestLog.append(sender, make.small(0));
    TestLog.append(sender, make.small(0));
    long behind = sender.state().version() - 1;
    apply(read(ChunkRequest.after(behind)), PEER);
    assertThat(progress()).isEqualTo(end);
    apply(read(ChunkRequest.after(end.completedVersion())), PEER);
    assertThat(progress().completedVersion()).isEqualTo(sender.state().version());
  }

  @Test
  void progressInsideAPayloadWhoseBytesAreGoneGoesBack() {
    Operation large = fill();
    List<Chunk> chunks = drain(MIN);
    List<Chunk> fragments = fragments(chunks);
    chunks.subList(0, chunks.indexOf(last(fragments))).forEach(chunk -> apply(chunk, PEER));
    assertThat(progress().offset()).isPositive();
    assertThat(Leftovers.removeStale(receiver, NOW + 1, 1)).isEqualTo(1);
    assertThat(receiver.pieces(large.id())).isZero();
    apply(last(fragments), PEER);
    assertThat(progress().position()).isEqualTo(fragments.get(0).header().first());
    assertThat(progress().offset()).isZero();
    assertThat(progress().spent()).isEqualTo(fragments.get(0).header().next().spent());
    resume(progress());
    requireComplete(large);
  }

  @Test
  void aDigestThatDoesNotFitRemovesTheBytesAndRewinds() {
    Operation large = fill();
    List<Chunk> chunks = drain(MIN);
    List<Chunk> fragments = fragments(chunks);
    int first = chunks.indexOf(fragments.get(0));
    int last = chunks.indexOf(last(fragments));
    chunks.set(first, flipped(chunks.get(first)));
    chunks.subList(0, last).forEach(chunk -> apply(chunk, PEER));
    requireCode(ErrorCode.PAYLOAD_DIGEST_MISMATCH, () -> apply(chunks.get(last), PEER));
    assertThat(refused).containsExactly(ErrorCode.PAYLOAD_DIGEST_MISMATCH);
    assertThat(receiver.pieces(large.id())).isZero();
    assertThat(receiver.staged()).isEmpty();
    assertThat(staged.get()).isZero();
    assertThat(receiver.operations(List.of(large.id()))).isEmpty();
    assertThat(progress().offset()).isZero();
    resume(progress());
    requireComplete(large);
  }

  @Test
  void fragmentsThatComeInOrderAreNotReadAgain() {
    Operation large = fill();
    drain(MIN).forEach(chunk -> apply(chunk, null));
    assertThat(receiver.payloadReads()).isZero();
    requireComplete(large);
  }

  @Test
  void fragmentsThatOthersReceivedAreReadForTheDigest() {
    Operation large = fill();
    List<Chunk> fragments = fragments(drain(MIN));
    ChunkIntake other = intake(NOW, change -> {}, code -> {});
    apply(fragments.get(0), null);
    answer(other, fragments.get(1), PullStep.NONE);
    drain(MIN).forEach(chunk -> apply(chunk, null));
    assertThat(receiver.payloadReads()).isPositive();
    requireComplete(large);
  }

  @Test
  void bytesThatAnotherProcessReplacedAreReadForTheDigest() {
    Operation large = fill();
    List<Chunk> fragments = fragments(drain(MIN));
    apply(flipped(fragments.get(0)), null);
    Leftovers.removeStale(receiver, NOW + 1, 100);
    assertThat(receiver.staged()).isEmpty();
    answer(intake(NOW + 1, change -> {}, code -> {}), fragments.get(0), PullStep.NONE);
    fragments.subList(1, fragments.size()).forEach(chunk -> apply(chunk, null));
    drain(MIN).forEach(chunk -> apply(chunk, null));
    requireComplete(large);
  }

  @Test
  void aRemovalThatCrashedIsFinishedBeforeNewBytesCome() {
    Operation large = fill();
    List<Chunk> fragments = new ArrayList<>(fragments(drain(MIN)));
    Chunk right = fragments.get(0);
    fragments.set(0, flipped(right));
    Chunk last = fragments.remove(fragments.size() - 1);
    fragments.forEach(chunk -> apply(chunk, null));
    receiver.failAfter(2);
    assertThatThrownBy(() -> apply(last, null)).isInstanceOf(TestStore.Crash.class);
    assertThat(receiver.staged()).as("condemned").hasSize(1);
    drain(MIN).forEach(chunk -> apply(chunk, null));
    requireComplete(large);
  }

  @Test
  void aPullThatCrashedBeforeTheOperationWasLoggedAsksForTheLastFragmentAgain() {
    Operation large = fill();
    List<Chunk> chunks = drain(MIN);
    int last = chunks.indexOf(last(fragments(chunks)));
    chunks.subList(0, last).forEach(chunk -> apply(chunk, PEER));
    receiver.failAfter(1);
    assertThatThrownBy(() -> apply(chunks.get(last), PEER)).isInstanceOf(TestStore.Crash.class);
    assertThat(receiver.staged()).as("complete, and not logged").hasSize(1);
    assertThat(progress()).isEqualTo(chunks.get(last - 1).header().next());
    resume(progress());
    requireComplete(large);
    assertThat(staged.get()).isZero();
  }

  /** Who takes a touched row for other bytes would compute the digest again, and so for ever. */
  @Test
  void aPayloadThatIsCompleteIsNotTouchedAgain() {
    Operation large = fill();
    List<Chunk> fragments = fragments(drain(MIN));
    fragments.subList(0, fragments.size() - 1).forEach(chunk -> apply(chunk, null));
    receiver.failAfter(1);
    assertThatThrownBy(() -> apply(last(fragments), null)).isInstanceOf(TestStore.Crash.class);
    List<StagedPayload> complete = receiver.staged();
    ChunkIntake later = intake(NOW + 1, change -> {}, code -> {});
    receiver.failAfter(1);
    assertThatThrownBy(
            () ->
                later.apply(
                    receiver,
                    ChunkDecoder.decode(last(fragments).bytes()),
                    PullStep.NONE,
                    CatchUpPolicy.immediate()))
        .isInstanceOf(TestStore.Crash.class);
    assertThat(receiver.staged()).isEqualTo(complete);
    drain(MIN).forEach(chunk -> apply(chunk, null));
    requireComplete(large);
  }

  /** Another process may remove what it takes for a leftover while the digest is computed. */
  @Test
  void bytesThatAreRemovedWhileTheirDigestIsComputedComeAgain() {
    Operation large = fill();
    List<Chunk> fragments = fragments(drain(MIN));
    fragments.subList(0, fragments.size() - 1).forEach(chunk -> apply(chunk, null));
    DocumentUnits removing =
        new DocumentUnits() {
          @Override
          public <T> T write(Function<WriteTransaction, T> work) {
            return receiver.write(work);
          }

          @Override
          public <T> T read(Function<ReadTransaction, T> work) {
            T result = receiver.read(work);
            Leftovers.removeStale(receiver, NOW + 1, 100);
            return result;
          }
        };
    ApplyResult result =
        intake(NOW, change -> {}, code -> {})
            .apply(
                removing,
                ChunkDecoder.decode(last(fragments).bytes()),
                PullStep.NONE,
                CatchUpPolicy.immediate());
    assertThat(result.isPayloadPending()).isTrue();
    assertThat(receiver.operations(List.of(large.id()))).isEmpty();
    drain(MIN).forEach(chunk -> apply(chunk, null));
    requireComplete(large);
  }

  @Test
  void oneIdWithTwoContentsIsRefused() {
    Operation large = fill();
    List<Chunk> fragments = fragments(drain(MIN));
    apply(fragments.get(0), null);
    TestStore other = new TestStore(TestOperations.DOCUMENT);
    Operation.Insert insert = (Operation.Insert) large;
    TestLog.append(other, insert.withPayload(Payload.wrap(make.bytes(3 * MIN))));
    Chunk twin = new ChunkReader().read(other, start(ChunkRequest.after(0))).chunk().orElseThrow();
    requireCode(ErrorCode.OPERATION_CONFLICT, () -> apply(twin, null));
    drain(MIN).forEach(chunk -> apply(chunk, null));
    requireCode(ErrorCode.OPERATION_CONFLICT, () -> apply(twin, null));
    ApplyResult again = apply(fragments.get(0), null);
    assertThat(again.append().known()).isZero();
    assertThat(again.isPayloadPending()).isFalse();
  }

  @Test
  void anOperationThatCameBeforeIsKnownOnceHoweverManyFragmentsItHas() {
    fill();
    List<Chunk> fragments = fragments(drain(MIN));
    drain(MIN).forEach(chunk -> apply(chunk, null));
    assertThat(fragments).hasSizeGreaterThan(2);
    assertThat(fragments.stream().map(chunk -> apply(chunk, null).append().known()).toList())
        .endsWith(1)
        .containsOnlyOnce(1)
        .containsOnly(0, 1);
  }

  @Test
  void aChunkOfAnotherDocumentIsRefused() {
    fill();
    TestStore other = new TestStore(DocumentId.of("other"));
    DecodedChunk chunk = ChunkDecoder.decode(drain(MIN).get(0).bytes());
    requireCode(
        ErrorCode.CHUNK_MISMATCH,
        () -> intake.apply(other, chunk, PullStep.NONE, CatchUpPolicy.immediate()));
  }

  @Test
  void leftoversAreRemovedInBoundedStepsAndOnlyWhenStale() {
    Operation large = fill();
    fragments(drain(MIN)).stream().limit(2).forEach(chunk -> apply(chunk, null));
    assertThat(Leftovers.removeStale(receiver, NOW, 3)).isZero();
    assertThat(receiver.pieces(large.id())).isPositive();
    assertThat(Leftovers.removeStale(receiver, NOW + 1, 3)).isEqualTo(1);
    assertThat(receiver.pieces(large.id())).isZero();
    assertThat(receiver.staged()).isEmpty();
  }

  @Test
  void aStagedRowOfALoggedOperationGoesWithoutTheLoggedBytes() {
    Operation large = fill();
    drain(MIN).forEach(chunk -> apply(chunk, null));
    receiver.putStagedPayload(stagedTwin(large, List.of(new ByteRange(0, 10))));
    assertThat(Leftovers.removeStale(receiver, NOW + 1, 1)).isEqualTo(1);
    requireComplete(large);
  }

  @Test
  void aCondemnedRowOfALoggedOperationGoesWithoutTheLoggedBytes() {
    Operation large = fill();
    drain(MIN).forEach(chunk -> apply(chunk, null));
    receiver.putStagedPayload(stagedTwin(large, List.of()));
    drain(4 * 1024 * 1024).forEach(chunk -> apply(chunk, null));
    requireComplete(large);
  }

  private static StagedPayload stagedTwin(Operation operation, List<ByteRange> received) {
    Operation.PayloadCarrying carrying = (Operation.PayloadCarrying) operation;
    Payload payload = Objects.requireNonNull(carrying.payload());
    return new StagedPayload(
        carrying.withPayload(Payload.reference(payload.size(), payload.digest())), received, NOW);
  }

  private Operation fill() {
    for (int i = 0; i < 40; i++) {
      TestLog.append(sender, make.small(0), make.insert(1, make.bytes(20_000)));
    }
    Operation large = make.insert(0, make.bytes(5 * MIN + 17));
    TestLog.append(sender, make.small(0), large, make.small(1));
    TestLog.append(sender, make.small(0));
    return large;
  }

  private void requireComplete(Operation large) {
    List<OperationId> ids = sender.log().stream().map(l -> l.operation().id()).toList();
    assertThat(receiver.log()).extracting(l -> l.operation().id()).hasSameElementsAs(ids);
    assertThat(receiver.log()).hasSameSizeAs(ids);
    assertThat(receiver.staged()).isEmpty();
    Payload payload = Objects.requireNonNull(OperationWriter.payloadOf(large));
    assertThat(StoredPayloads.digest(receiver, large.id(), payload.size()))
        .isEqualTo(payload.digest());
  }

  private static List<Chunk> fragments(List<Chunk> chunks) {
    return chunks.stream().filter(chunk -> chunk.header().fragment() != null).toList();
  }

  private static Chunk last(List<Chunk> chunks) {
    return chunks.get(chunks.size() - 1);
  }

  /** The chunk with one byte of its body changed and the checksum made to fit. */
  private static Chunk flipped(Chunk chunk) {
    byte[] bytes = chunk.bytes().clone();
    bytes[bytes.length - 100] ^= 1;
    return new Chunk(chunk.header(), Tampering.withChecksum(bytes));
  }

  private void resume(ChunkCursor from) {
    ChunkCursor cursor = from;
    while (!cursor.isEnd()) {
      ChunkResult result = new ChunkReader().read(sender, cursor);
      result.chunk().ifPresent(chunk -> apply(chunk, PEER));
      cursor = progress();
    }
  }

  private ChunkCursor progress() {
    return receiver.progress(PEER).map(SyncProgress::next).orElseThrow();
  }

  private ApplyResult apply(Chunk chunk, @org.jspecify.annotations.Nullable String peer) {
    return answer(chunk, new PullStep(peer, null));
  }

  private ApplyResult answer(Chunk chunk, PullStep step) {
    return answer(intake, chunk, step);
  }

  private ApplyResult answer(ChunkIntake by, Chunk chunk, PullStep step) {
    return by.apply(receiver, ChunkDecoder.decode(chunk.bytes()), step, CatchUpPolicy.immediate());
  }

  private Chunk read(ChunkRequest request) {
    return new ChunkReader().read(sender, start(request)).chunk().orElseThrow();
  }

  private static ChunkCursor start(ChunkRequest request) {
    return request.withChunkSize(MIN).cursorOf(TestOperations.DOCUMENT);
  }

  private List<Chunk> drain(int size) {
    List<Chunk> chunks = new ArrayList<>();
    ChunkCursor cursor =
        ChunkRequest.after(0).withChunkSize(size).cursorOf(TestOperations.DOCUMENT);
    while (!cursor.isEnd()) {
      ChunkResult result = new ChunkReader().read(sender, cursor);
      result.chunk().ifPresent(chunks::add);
      cursor = result.next();
    }
    assertThat(chunks).anyMatch(chunk -> !chunk.header().first().equals(Position.START));
    return chunks;
  }

  private static void requireCode(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(TidemarkException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
