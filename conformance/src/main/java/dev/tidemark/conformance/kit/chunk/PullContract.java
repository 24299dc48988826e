package dev.tidemark.conformance.kit.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.cost.ObservedProvider;
import dev.tidemark.conformance.kit.cost.StorageCalls;
import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.core.ChunkSource;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.PullSummary;
import dev.tidemark.core.Tidemark;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Draining a source, again and again, through crashes. */
public abstract class PullContract extends EngineContract {
  private static final String PEER = "server";
  private static final int CRASHES = 100;

  private final StreamSamples samples = new StreamSamples(5);
  private final Tidemark senders =
      Tidemark.builder("memory:").backend(new InMemoryBackendProvider()).open();

  /** For subclasses. */
  protected PullContract() {}

  @AfterEach
  final void closeSenders() {
    senders.close();
  }

  @Test
  @Rule({"A3", "A7", "A9", "C2"})
  void aPullThatCrashesAtRandomInstantsAppliesEachOperationOnce() {
    Document receiver = newDocument();
    Document sender = senders.document(receiver.id());
    samples.fill(sender, ChunkSize.MIN, budget());
    StorageCalls calls = new StorageCalls();
    Random random = new Random(11);
    int crashes = 0;
    boolean isDone = false;
    while (!isDone) {
      try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
        Document document = observed.document(receiver.id());
        if (crashes < CRASHES) {
          calls.failAt(1 + random.nextInt(30));
        } else {
          calls.reset();
        }
        document.puller(PEER, ChunkSource.of(sender::readChunk), request()).pull();
        if (crashes < CRASHES) {
          // Drained too early: there must be more to crash in.
          samples.fill(sender, ChunkSize.MIN, budget());
        } else {
          isDone = true;
        }
      } catch (TidemarkException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
        crashes++;
      }
    }
    assertThat(StreamSamples.ids(receiver)).isEqualTo(StreamSamples.ids(sender));
    assertThat(receiver.treeHash()).isEqualTo(sender.treeHash());
    assertThat(receiver.verify(ProgressListener.NONE).differences()).isEmpty();
    ChunkCursor next = receiver.progress(PEER).orElseThrow().next();
    assertThat(next.isEnd()).isTrue();
    assertThat(next.completedVersion()).isEqualTo(sender.status().version());
  }

  @Test
  @Rule({"A7", "C11", "C13"})
  void thePullAfterBringsOnlyWhatIsNew() {
    Document receiver = newDocument();
    Document sender = senders.document(receiver.id());
    samples.fill(sender, ChunkSize.MIN, budget());
    ChunkRequest capped = request().withWindowCap(500_000);
    PullSummary all = receiver.puller(PEER, ChunkSource.of(sender::readChunk), capped).pull();
    assertThat(all.appended()).isEqualTo(sender.status().operations());
    assertThat(all.known()).isZero();
    sender.append(List.of(samples.small(StreamSamples.ALICE)));
    PullSummary one = receiver.puller(PEER, ChunkSource.of(sender::readChunk), capped).pull();
    assertThat(one.chunks()).isEqualTo(1);
    assertThat(one.appended()).isEqualTo(1);
    PullSummary none = receiver.puller(PEER, ChunkSource.of(sender::readChunk), capped).pull();
    assertThat(none.chunks()).isZero();
    assertThat(none.reached().completedVersion()).isEqualTo(sender.status().version());
  }

  @Test
  @Rule({"A7", "C10"})
  void aFilterThatRemovesEverythingStillMakesProgress() {
    Document receiver = newDocument();
    Document sender = senders.document(receiver.id());
    sender.append(List.of(samples.insert(StreamSamples.ALICE, 10)));
    OperationFilter notAlice = OperationFilter.except(Set.of(StreamSamples.ALICE));
    ChunkSource source = ChunkSource.of(sender::readChunk);
    PullSummary sum = receiver.puller(PEER, source, request().withFilter(notAlice)).pull();
    assertThat(sum.chunks()).isZero();
    assertThat(receiver.progress(PEER).orElseThrow().next().completedVersion()).isEqualTo(1);
    StreamSamples.requireCode(
        ErrorCode.TOKEN_MISMATCH, () -> receiver.puller(PEER, source, request()).pull());
  }

  @Test
  @Rule({"A7", "C10"})
  void aFilteredPullPassesTheGapsThatItsFilterMakes() {
    Document receiver = newDocument();
    Document sender = senders.document(receiver.id());
    OperationFilter notAlice = OperationFilter.except(Set.of(StreamSamples.ALICE));
    ChunkRequest request = request().withFilter(notAlice).withWindowCap(100_000);
    ChunkSource source = ChunkSource.of(sender::readChunk);
    for (int i = 0; i < 2; i++) {
      samples.fill(sender, ChunkSize.MIN, budget());
      PullSummary sum = receiver.puller(PEER, source, request).pull();
      assertThat(sum.known()).isZero();
      assertThat(sum.reached().completedVersion()).isEqualTo(sender.status().version());
    }
    assertThat(StreamSamples.ids(receiver))
        .isEqualTo(
            StreamSamples.ids(sender).stream()
                .filter(id -> !id.replica().equals(StreamSamples.ALICE))
                .toList());
  }

  @Test
  @Rule({"A7", "C12"})
  void aPullMayStartInTheMiddleOfAWindow() {
    Document receiver = newDocument();
    Document sender = senders.document(receiver.id());
    samples.fill(sender, ChunkSize.MIN, budget());
    Chunk first = StreamSamples.chunks(sender, request()).get(0);
    receiver.apply(first.bytes());
    ChunkSource source = ChunkSource.of(sender::readChunk);
    ChunkRequest rest = ChunkRequest.resume(first.header().next());
    PullSummary sum = receiver.puller(PEER, source, rest).pull();
    assertThat(sum.known()).isZero();
    assertThat(StreamSamples.ids(receiver)).isEqualTo(StreamSamples.ids(sender));
  }

  @Test
  @Rule({"A9", "C12"})
  void aSourceThatAnswersSomethingElseIsRefused() {
    Document receiver = newDocument();
    Document sender = senders.document(receiver.id());
    samples.fill(sender, ChunkSize.MIN, budget());
    ChunkSource skips = token -> ChunkSource.Answer.of(sender.readChunk(ChunkRequest.after(5)));
    StreamSamples.requireCode(
        ErrorCode.TOKEN_MISMATCH, () -> receiver.puller(PEER, skips, request()).pull());
    ChunkSource stands = ChunkSource.Answer::goOn;
    StreamSamples.requireCode(
        ErrorCode.TOKEN_MISMATCH, () -> receiver.puller(PEER, stands, request()).pull());
    assertThat(receiver.status().version()).isZero();
    assertThat(receiver.progress(PEER)).isEmpty();
  }

  @Test
  @Rule("A9")
  void aSourceThatLostWhatItHadIsRefused() {
    Document receiver = newDocument();
    Document sender = senders.document(receiver.id());
    samples.fill(sender, ChunkSize.MIN, budget());
    receiver.puller(PEER, ChunkSource.of(sender::readChunk), request()).pull();
    try (Tidemark restored =
        Tidemark.builder("memory:").backend(new InMemoryBackendProvider()).open()) {
      Document shorter = restored.document(receiver.id());
      shorter.append(List.of(samples.small(StreamSamples.ALICE)));
      ChunkSource source = ChunkSource.of(shorter::readChunk);
      StreamSamples.requireCode(
          ErrorCode.TOKEN_MISMATCH, () -> receiver.puller(PEER, source, request()).pull());
    }
  }

  /**
   * A restored source that then wrote as much as it had lost, or more, looks as if all were well.
   */
  @Test
  @Rule({"A9", "C12"})
  void aSourceThatWentAnotherWayIsRefused() {
    for (int more : new int[] {0, 1, 40}) {
      Document receiver = newDocument();
      Document sender = senders.document(receiver.id());
      samples.fill(sender, ChunkSize.MIN, budget());
      receiver.puller(PEER, ChunkSource.of(sender::readChunk), request()).pull();
      ChunkCursor reached = receiver.progress(PEER).orElseThrow().next();
      try (Tidemark restored =
          Tidemark.builder("memory:").backend(new InMemoryBackendProvider()).open()) {
        Document other = restored.document(receiver.id());
        while (other.status().version() < reached.completedVersion() + more) {
          other.append(List.of(samples.small(StreamSamples.BOB)));
        }
        ChunkSource source = ChunkSource.of(other::readChunk);
        StreamSamples.requireCode(
            ErrorCode.TOKEN_MISMATCH, () -> receiver.puller(PEER, source, request()).pull());
      }
      assertThat(StreamSamples.ids(receiver)).isEqualTo(StreamSamples.ids(sender));
      assertThat(receiver.progress(PEER).orElseThrow().next()).isEqualTo(reached);
    }
  }

  /** In the middle of a window as well, whatever the chunk before ended with. */
  @Test
  @Rule("C12")
  void aCursorIsRefusedByALogWithAnotherOperationBeforeIt() {
    Document sender = senders.document("one");
    try (Tidemark restored =
        Tidemark.builder("memory:").backend(new InMemoryBackendProvider()).open()) {
      Document other = restored.document("one");
      for (int i = 0; i < 100; i++) {
        sender.append(List.of(samples.insert(StreamSamples.ALICE, 10_000)));
        other.append(List.of(samples.insert(StreamSamples.BOB, 10_000)));
      }
      List<Chunk> chunks = StreamSamples.chunks(sender, request().withWindowCap(700_000));
      assertThat(chunks).hasSizeGreaterThan(2);
      for (Chunk chunk : chunks) {
        ChunkCursor next = chunk.header().next();
        if (!next.isEnd()) {
          StreamSamples.requireCode(
              ErrorCode.TOKEN_MISMATCH, () -> other.readChunk(ChunkRequest.resume(next)));
        }
      }
    }
  }

  private static ChunkRequest request() {
    return ChunkRequest.after(0).withChunkSize(ChunkSize.MIN);
  }
}
