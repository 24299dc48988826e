package dev.tidemark.conformance.kit.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkHeader.Fragment;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.OperationId;
import dev.tidemark.conformance.kit.Budget;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.cost.ObservedProvider;
import dev.tidemark.conformance.kit.cost.StorageCalls;
import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.core.ChunkInspection;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a window is, and how it is cut. */
public abstract class WindowContract extends EngineContract {
  private final StreamSamples samples = new StreamSamples(20261121);

  /** For subclasses. */
  protected WindowContract() {}

  @ParameterizedTest
  @ValueSource(ints = {ChunkSize.MIN, 1024 * 1024})
  @Rule({"C1", "C2", "C3", "C4", "C9"})
  void everyBoundaryResumesByteForByteOnAnotherConnection(int size) {
    Document document = newDocument();
    samples.fill(document, size, budget());
    List<Chunk> chunks = StreamSamples.chunks(document, request(size));
    assertThat(sent(chunks)).isEqualTo(StreamSamples.ids(document));
    boolean insideVersion = false;
    boolean insidePayload = false;
    for (int i = 0; i < chunks.size(); i++) {
      ChunkCursor next = chunks.get(i).header().next();
      boolean isLast = i == chunks.size() - 1;
      assertThat(chunks.get(i).size()).as("C3: size").isLessThanOrEqualTo(size);
      assertThat(chunks.get(i).header().isFinal()).as("C9: final").isEqualTo(isLast);
      assertThat(next.isEnd()).isEqualTo(isLast);
      insideVersion |= !isLast && next.position().sequence() > 0;
      insidePayload |= next.offset() > 0;
      if (!isLast) {
        document.append(List.of(samples.small(StreamSamples.ALICE)));
        try (Tidemark again = openAgain()) {
          ChunkResult result =
              again.document(document.id()).readChunk(ChunkRequest.resume(next.token()));
          assertThat(result.chunk().orElseThrow().bytes()).isEqualTo(chunks.get(i + 1).bytes());
        }
      }
    }
    assertThat(insideVersion)
        .as("a boundary inside a version")
        .isEqualTo(budget() != Budget.SMALLEST);
    assertThat(insidePayload).as("a boundary inside a payload").isTrue();
  }

  @Test
  @Rule("C2")
  void theSameLogInAnotherBackendYieldsTheSameBytes() {
    Document document = newDocument();
    samples.fill(document, ChunkSize.MIN, budget());
    try (Tidemark memory =
        Tidemark.builder("memory:").backend(new InMemoryBackendProvider()).open()) {
      Document twin = memory.document(document.id());
      new StreamSamples(20261121).fill(twin, ChunkSize.MIN, budget());
      List<Chunk> chunks = StreamSamples.chunks(document, request(ChunkSize.MIN));
      List<Chunk> twins = StreamSamples.chunks(twin, request(ChunkSize.MIN));
      assertThat(twins).hasSameSizeAs(chunks);
      for (int i = 0; i < chunks.size(); i++) {
        assertThat(twins.get(i).bytes()).isEqualTo(chunks.get(i).bytes());
      }
    }
  }

  @Test
  @Rule({"C8", "C13"})
  void whatIsCommittedWhileAWindowIsReadIsInTheNextOne() {
    Document document = newDocument();
    samples.fill(document, ChunkSize.MIN, budget());
    long watermark = document.status().version();
    List<OperationId> before = StreamSamples.ids(document);
    List<Chunk> chunks = new ArrayList<>();
    for (Chunk chunk : document.changes(request(ChunkSize.MIN))) {
      chunks.add(chunk);
      document.append(List.of(samples.small(StreamSamples.BOB)));
    }
    assertThat(sent(chunks)).isEqualTo(before);
    assertThat(chunks).allMatch(chunk -> chunk.header().watermark() == watermark);
    List<Chunk> rest = StreamSamples.chunks(document, ChunkRequest.after(watermark));
    assertThat(sent(rest)).hasSize(chunks.size());
    assertThat(rest.get(0).header().first().version()).isEqualTo(watermark + 1);
  }

  @Test
  @Rule({"C6", "C7"})
  void theLastChunkCostsWhatTheFirstDoesAndNothingIsWritten() {
    Document document = newDocument();
    for (int i = 0; i < 60; i++) {
      document.append(List.of(samples.insert(StreamSamples.ALICE, 15_000)));
      document.append(List.of(samples.insert(StreamSamples.BOB, 15_000)));
    }
    StorageCalls calls = new StorageCalls();
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      Document reading = observed.document(document.id());
      ChunkRequest next = request(ChunkSize.MIN);
      List<Integer> counts = new ArrayList<>();
      while (true) {
        calls.reset();
        ChunkResult result = reading.readChunk(next);
        int operations = result.chunk().orElseThrow().header().operations();
        counts.add(calls.total());
        assertThat(calls.calls("beginWrite")).as("C7: writes").isZero();
        // With the one before the cursor, which it is checked by, and the one behind.
        assertThat(calls.rows("scanLog"))
            .as("C6: operations looked at")
            .isLessThanOrEqualTo(operations + 2);
        if (result.isEnd()) {
          break;
        }
        next = ChunkRequest.resume(result.next());
      }
      assertThat(counts).hasSizeGreaterThan(5);
      assertThat(Set.copyOf(counts)).as("C6: calls per chunk").hasSize(1);
    }
  }

  @Test
  @Rule({"C9", "C13"})
  void anEmptyWindowIsAnEndWithoutAChunk() {
    Document document = newDocument();
    assertThat(document.readChunk(ChunkRequest.after(0)).chunk()).isEmpty();
    document.append(List.of(samples.small(StreamSamples.ALICE)));
    ChunkResult result = document.readChunk(ChunkRequest.after(1));
    assertThat(result.isEnd()).isTrue();
    assertThat(result.chunk()).isEmpty();
    assertThat(result.next().completedVersion()).isEqualTo(1);
  }

  @Test
  @Rule({"C10", "C15"})
  void oneCallLooksAtABoundedNumberOfOperations() {
    Document document = newDocument();
    int scanned = 10_000;
    List<dev.tidemark.api.Operation> removed = new ArrayList<>();
    for (int i = 0; i < 2 * scanned + 100; i++) {
      removed.add(samples.insert(StreamSamples.ALICE, 0));
    }
    document.append(List.of(samples.small(StreamSamples.BOB)));
    document.append(removed);
    OperationFilter onlyBob = OperationFilter.only(Set.of(StreamSamples.BOB));
    StorageCalls calls = new StorageCalls();
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      ChunkRequest next = request(ChunkSize.MIN).withFilter(onlyBob);
      List<Chunk> chunks = new ArrayList<>();
      boolean isEnd = false;
      int reads = 0;
      while (!isEnd) {
        calls.reset();
        ChunkResult result = observed.document(document.id()).readChunk(next);
        assertThat(calls.rows("scanLog"))
            .as("C10: operations looked at")
            .isLessThanOrEqualTo(scanned + 2);
        result.chunk().ifPresent(chunks::add);
        next = ChunkRequest.resume(result.next());
        isEnd = result.isEnd();
        reads++;
      }
      assertThat(reads).isEqualTo(3);
      assertThat(chunks).as("the operation, and an empty chunk that closes").hasSize(2);
      assertThat(chunks.get(1).header().isFinal()).isTrue();
      assertThat(sent(chunks)).hasSize(1);
    }
  }

  @Test
  @Rule("C11")
  void cappedWindowsEndAtVersionsAndTileTheLog() {
    Document document = newDocument();
    samples.fill(document, ChunkSize.MIN, budget());
    List<OperationId> sent = new ArrayList<>();
    long after = 0;
    int windows = 0;
    while (after < document.status().version()) {
      ChunkRequest small = ChunkRequest.after(after).withChunkSize(ChunkSize.MIN);
      List<Chunk> chunks = StreamSamples.chunks(document, small.withWindowCap(300_000));
      ChunkRequest large = ChunkRequest.after(after).withChunkSize(ChunkSize.MAX);
      List<Chunk> other = StreamSamples.chunks(document, large.withWindowCap(300_000));
      sent.addAll(sent(chunks));
      after = end(chunks).completedVersion();
      assertThat(end(other).completedVersion()).isEqualTo(after);
      assertThat(end(chunks).spent()).isEqualTo(end(other).spent());
      windows++;
    }
    assertThat(sent).isEqualTo(StreamSamples.ids(document));
    assertThat(windows).isGreaterThan(3);
  }

  @Test
  @Rule("C12")
  void aTokenOfAnotherRequestOrLogIsRefused() {
    Document document = newDocument();
    samples.fill(document, ChunkSize.MIN, budget());
    ChunkCursor inside =
        StreamSamples.chunks(document, request(ChunkSize.MIN)).stream()
            .map(chunk -> chunk.header().next())
            .filter(cursor -> cursor.offset() > 0)
            .findFirst()
            .orElseThrow();
    ChunkRequest resumed = ChunkRequest.resume(inside.token());
    StreamSamples.requireCode(ErrorCode.TOKEN_MISMATCH, () -> newDocument().readChunk(resumed));
    StreamSamples.requireCode(
        ErrorCode.TOKEN_MISMATCH, () -> document.readChunk(resumed.withChunkSize(ChunkSize.MAX)));
    try (Tidemark memory =
        Tidemark.builder("memory:").backend(new InMemoryBackendProvider()).open()) {
      Document other = memory.document(document.id());
      new StreamSamples(4).fill(other, ChunkSize.MIN, budget());
      StreamSamples.requireCode(ErrorCode.TOKEN_MISMATCH, () -> other.readChunk(resumed));
    }
    String token = inside.token();
    String mangled = token.substring(0, 9) + (token.charAt(9) == 'A' ? 'B' : 'A');
    StreamSamples.requireCode(
        ErrorCode.TOKEN_MALFORMED,
        () -> document.readChunk(ChunkRequest.resume(mangled + token.substring(10))));
  }

  private static ChunkCursor end(List<Chunk> chunks) {
    return chunks.get(chunks.size() - 1).header().next();
  }

  private static ChunkRequest request(int size) {
    return ChunkRequest.after(0).withChunkSize(size);
  }

  /** The operations of chunks, those of fragments where the last byte is. */
  static List<OperationId> sent(List<Chunk> chunks) {
    List<OperationId> sent = new ArrayList<>();
    for (Chunk chunk : chunks) {
      ChunkInspection inspection = ChunkInspection.of(chunk.bytes());
      assertThat(inspection.header()).isEqualTo(chunk.header());
      inspection.operations().forEach(logged -> sent.add(logged.operation().id()));
      Fragment fragment = inspection.header().fragment();
      if (fragment != null && fragment.offset() + fragment.length() == fragment.payloadSize()) {
        sent.add(fragment.operation());
      }
    }
    return sent;
  }
}
