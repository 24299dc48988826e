package dev.tidemark.conformance.kit.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.OperationId;
import dev.tidemark.conformance.kit.Budget;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.ChunkInspection;
import dev.tidemark.core.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each chunk says of itself, and what each call does for the progress of a drain. */
public abstract class HeaderContract extends EngineContract {
  private final StreamSamples samples = new StreamSamples(77);

  /** For subclasses. */
  protected HeaderContract() {}

  @Test
  @Rule("C14")
  void aChunkNamesWhatItHolds() {
    Document document = filled();
    long watermark = document.status().version();
    List<Chunk> chunks = StreamSamples.chunks(document, request());
    assertThat(chunks).hasSizeGreaterThan(3);

    for (Chunk chunk : chunks) {
      ChunkInspection inspection = ChunkInspection.of(chunk.bytes());
      ChunkHeader header = inspection.header();
      assertThat(header).as("the header that came with the bytes").isEqualTo(chunk.header());
      assertThat(header.format()).isEqualTo(1);
      assertThat(header.document()).isEqualTo(document.id());
      assertThat(header.watermark()).isEqualTo(watermark);
      assertThat(header.isFinal()).isEqualTo(header.next().isEnd());
      List<LoggedOperation> operations = inspection.operations();
      if (!operations.isEmpty()) {
        assertThat(operations.get(0).position()).isEqualTo(header.first());
        assertThat(operations.get(operations.size() - 1).position()).isEqualTo(header.last());
      }
      ChunkResult again = document.readChunk(ChunkRequest.resume(header.next().token()));
      assertThat(again.isEnd()).isEqualTo(header.isFinal() || again.next().isEnd());
    }
  }

  @Test
  @Rule("C14")
  void aChangedBitAnywhereInAChunkIsNoticed() {
    byte[] bytes = StreamSamples.chunks(filled(), request()).get(0).bytes();
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      // The first bits all, as the header is there; then some of the others.
      int bit = i < 100 ? i * 8 + random.nextInt(8) : random.nextInt(8 * bytes.length);
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      StreamSamples.requireCode(
          ErrorCode.CHUNK_MALFORMED, () -> ChunkInspection.of(changed).header());
    }
  }

  @Test
  @Rule("C3")
  void aChunkSizeOutsideItsRangeIsRefused() {
    for (int size : new int[] {ChunkSize.MIN - 1, 0, -1, ChunkSize.MAX + 1, Integer.MAX_VALUE}) {
      StreamSamples.requireCode(
          ErrorCode.CHUNK_SIZE_OUT_OF_RANGE, () -> ChunkRequest.after(0).withChunkSize(size));
    }
  }

  @Test
  @Rule("C3")
  void noChunkIsLargerThanItsBudget() {
    Document document = filled();
    for (Chunk chunk : StreamSamples.chunks(document, request())) {
      assertThat(chunk.bytes()).hasSizeLessThanOrEqualTo(budget().chunkSize());
    }
  }

  @Test
  @Rule("C15")
  void everyCallBeforeTheEndAdvances() {
    Document document = filled();
    for (ChunkRequest request :
        List.of(
            request(),
            request().withWindowCap(1),
            request().withFilter(OperationFilter.only(Set.of(StreamSamples.BOB))),
            request().withFilter(OperationFilter.except(Set.of(StreamSamples.BOB))))) {
      ChunkRequest next = request;
      @Nullable ChunkCursor before = null;
      boolean isEnd = false;
      while (!isEnd) {
        ChunkResult result = document.readChunk(next);
        assertThat(isAfter(result.next(), before)).as("%s after %s", result, before).isTrue();
        before = result.next();
        next = ChunkRequest.resume(before);
        isEnd = result.isEnd();
      }
    }
  }

  @Test
  @Rule({"C11", "C1"})
  void theSmallestWindowsHoldOneVersionEachAndTileTheLog() {
    Document document = filled();
    List<OperationId> sent = new ArrayList<>();
    long after = 0;
    while (after < document.status().version()) {
      ChunkRequest request = ChunkRequest.after(after).withChunkSize(budget().chunkSize());
      List<Chunk> chunks = StreamSamples.chunks(document, request.withWindowCap(1));
      long end = chunks.get(chunks.size() - 1).header().next().completedVersion();
      assertThat(end).as("C11: the end of the window").isEqualTo(after + 1);
      sent.addAll(WindowContract.sent(chunks));
      after = end;
    }
    assertThat(sent).as("C1: what was sent").isEqualTo(samples.ids());
  }

  @Test
  @Rule("C1")
  void theChunksOfAWindowHoldEachOperationOnceInOrder() {
    Document document = filled();

    assertThat(WindowContract.sent(StreamSamples.chunks(document, request())))
        .isEqualTo(samples.ids());
  }

  @Test
  @Rule("C9")
  void finalStandsOnTheLastChunkAlone() {
    List<Chunk> chunks = StreamSamples.chunks(filled(), request());
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(ChunkInspection.of(chunks.get(i).bytes()).header().isFinal())
          .as("chunk %s of %s", i, chunks.size())
          .isEqualTo(i == chunks.size() - 1);
    }
  }

  @Test
  @Rule("C4")
  void fragmentsAreCutAlikeWhereverTheWindowStarts() {
    Document document = filled();
    Set<ChunkHeader.Fragment> ofAll = fragments(document, request());
    assertThat(ofAll).hasSizeGreaterThan(3);
    // Behind the largest payload's version stand a small operation or two, in a version each or
    // not.
    long after = document.status().version() - (budget() == Budget.SMALLEST ? 4 : 2);
    Set<ChunkHeader.Fragment> ofLast =
        fragments(document, ChunkRequest.after(after).withChunkSize(budget().chunkSize()));

    assertThat(ofLast).hasSizeGreaterThan(3);
    assertThat(ofAll).containsAll(ofLast);
  }

  private static Set<ChunkHeader.Fragment> fragments(Document document, ChunkRequest request) {
    Set<ChunkHeader.Fragment> fragments = new HashSet<>();
    for (Chunk chunk : StreamSamples.chunks(document, request)) {
      ChunkHeader.Fragment fragment = chunk.header().fragment();
      if (fragment != null) {
        fragments.add(fragment);
      }
    }
    return fragments;
  }

  @Test
  @Rule("C10")
  void aFilterRemovesTheOthersAndKeepsTheOrder() {
    Document document = filled();
    List<OperationId> bobs = samples.ids().stream().filter(HeaderContract::isOfBob).toList();
    List<OperationId> others = samples.ids().stream().filter(id -> !isOfBob(id)).toList();
    OperationFilter only = OperationFilter.only(Set.of(StreamSamples.BOB));
    OperationFilter except = OperationFilter.except(Set.of(StreamSamples.BOB));

    assertThat(WindowContract.sent(StreamSamples.chunks(document, request().withFilter(only))))
        .isEqualTo(bobs);
    assertThat(WindowContract.sent(StreamSamples.chunks(document, request().withFilter(except))))
        .isEqualTo(others);
  }

  private static boolean isOfBob(OperationId id) {
    return id.replica().equals(StreamSamples.BOB);
  }

  @Test
  @Rule("C13")
  void aWindowStartsStrictlyAfterItsVersion() {
    Document document = filled();
    for (long after = 0; after < document.status().version(); after += 5) {
      ChunkRequest request = ChunkRequest.after(after).withChunkSize(budget().chunkSize());
      ChunkResult result = document.readChunk(request);
      assertThat(result.chunk().orElseThrow().header().first().version()).isEqualTo(after + 1);
    }
  }

  @Test
  @Rule("C12")
  void tokensOfDifferentPlacesAreDifferent() {
    Document document = filled();
    Set<String> tokens = new HashSet<>();
    List<Chunk> chunks = StreamSamples.chunks(document, request());
    tokens.add(request().cursorOf(document.id()).token());
    chunks.forEach(chunk -> tokens.add(chunk.header().next().token()));

    assertThat(tokens)
        .hasSize(chunks.size() + 1)
        .allSatisfy(token -> assertThat(token).matches("[A-Za-z0-9_-]+"));
  }

  private static boolean isAfter(ChunkCursor cursor, @Nullable ChunkCursor before) {
    if (before == null || (cursor.isEnd() && !before.isEnd())) {
      return true;
    }
    int order = cursor.position().compareTo(before.position());
    return order > 0 || (order == 0 && cursor.offset() > before.offset());
  }

  private Document filled() {
    Document document = newDocument();
    samples.fill(document, budget().chunkSize(), budget());
    return document;
  }

  private ChunkRequest request() {
    return ChunkRequest.after(0).withChunkSize(budget().chunkSize());
  }
}
