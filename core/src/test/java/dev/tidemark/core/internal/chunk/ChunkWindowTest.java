package dev.tidemark.core.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkCursor.Stage;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.ChunkResult.StopReason;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.TidemarkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of mixed operations, read chunk by chunk (rules C1 to C15). */
class ChunkWindowTest {
  private static final int MIN = ChunkSize.MIN;

  private final TestOperations make = new TestOperations(1);
  private final TestStore store = new TestStore(TestOperations.DOCUMENT);

  @ParameterizedTest
  @ValueSource(ints = {MIN, 1024 * 1024, ChunkSize.DEFAULT})
  void everyBoundaryOfAMixedWindowResumesByteForByte(int size) {
    fillMixed(size);
    List<Chunk> chunks = drain(request(size));
    requireTiling(chunks, OperationFilter.all());
    boolean insideVersion = false;
    boolean insidePayload = false;
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      assertThat(chunk.size()).isLessThanOrEqualTo(size);
      assertThat(chunk.header().isFinal()).isEqualTo(i == chunks.size() - 1);
      ChunkCursor cursor = chunk.header().next();
      insidePayload |= cursor.offset() > 0;
      insideVersion |= !cursor.isEnd() && cursor.position().sequence() > 0;
      if (!cursor.isEnd()) {
        TestLog.append(store, make.small(0));
        ChunkResult again = read(ChunkCursor.parse(cursor.token()));
        assertThat(again.chunk().orElseThrow().bytes()).isEqualTo(chunks.get(i + 1).bytes());
      }
    }
    assertThat(insidePayload).isTrue();
    assertThat(insideVersion).isTrue();
  }

  @Test
  void whatAppendsBringLaterIsNotInTheWindow() {
    fillSmall(100, 10);
    ChunkResult first = read(start(request(MIN).withWatermark(40)));
    assertThat(first.next().window().watermark()).isEqualTo(40);
    assertThat(first.isEnd()).isTrue();
    assertThat(first.next().completedVersion()).isEqualTo(40);
    ChunkResult rest = read(start(ChunkRequest.after(40).withWatermark(1_000)));
    assertThat(rest.next().window().watermark()).isEqualTo(100);
    assertThat(rest.chunk().orElseThrow().header().first()).isEqualTo(new Position(41, 0));
  }

  @Test
  void anEmptyWindowIsAnEndWithoutAChunk() {
    ChunkResult nothing = read(start(request(MIN)));
    assertThat(nothing.isEnd()).isTrue();
    assertThat(nothing.chunk()).isEmpty();
    assertThat(nothing.next().completedVersion()).isZero();
    fillSmall(3, 1);
    ChunkResult beyond = read(start(ChunkRequest.after(3)));
    assertThat(beyond.chunk()).isEmpty();
    assertThat(beyond.next().completedVersion()).isEqualTo(3);
    assertThat(read(beyond.next()).reason()).isEqualTo(StopReason.WATERMARK);
  }

  @Test
  void aFilterRemovesAndOneCallLooksAtABoundedNumberOfOperations() {
    for (int i = 0; i < 500; i++) {
      TestLog.append(store, make.small(i == 250 ? 1 : 0), make.small(0));
    }
    OperationFilter onlyBob = OperationFilter.only(Set.of(TestOperations.BOB));
    ChunkReader reader = new ChunkReader(100);
    ChunkCursor cursor = start(request(MIN).withFilter(onlyBob));
    List<Chunk> chunks = new ArrayList<>();
    List<Stage> stages = new ArrayList<>();
    int calls = 0;
    while (!cursor.isEnd()) {
      int before = store.visited();
      ChunkResult result = reader.read(store, cursor);
      assertThat(store.visited() - before).isLessThanOrEqualTo(103);
      assertThat(result.next().position()).isGreaterThan(cursor.position());
      result.chunk().ifPresent(chunks::add);
      cursor = result.next();
      stages.add(cursor.stage());
      calls++;
    }
    assertThat(calls).isGreaterThanOrEqualTo(10);
    assertThat(stages).contains(Stage.SCANNING, Stage.SENDING);
    // The operation, and the empty chunk that closes what was found to hold nothing more.
    assertThat(chunks).hasSize(2);
    assertThat(chunks.get(0).header().operations()).isEqualTo(1);
    assertThat(chunks.get(0).header().isFinal()).isFalse();
    assertThat(chunks.get(1).header().operations()).isZero();
    assertThat(chunks.get(1).header().isFinal()).isTrue();
    requireTiling(chunks, onlyBob);
  }

  @Test
  void aFilterThatRemovesEverythingEndsWithoutAChunk() {
    fillSmall(300, 1);
    OperationFilter nobody = OperationFilter.except(Set.of(TestOperations.ALICE));
    ChunkCursor cursor = start(request(MIN).withFilter(nobody));
    ChunkReader reader = new ChunkReader(7);
    while (!cursor.isEnd()) {
      ChunkResult result = reader.read(store, cursor);
      assertThat(result.chunk()).isEmpty();
      cursor = result.next();
    }
    assertThat(cursor.completedVersion()).isEqualTo(300);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 700, 100_000, 3_000_000})
  void cappedWindowsTileTheLogHoweverTheyArePaged(long cap) {
    fillMixed(MIN);
    List<Long> ends = new ArrayList<>();
    List<Chunk> all = new ArrayList<>();
    long after = 0;
    while (after < store.state().version()) {
      List<Chunk> window = drain(request(after, MIN).withWindowCap(cap));
      assertThat(window).isNotEmpty();
      all.addAll(window);
      ChunkCursor end = window.get(window.size() - 1).header().next();
      after = end.completedVersion();
      ends.add(after);
    }
    requireTiling(all, OperationFilter.all());
    assertThat(ends).isEqualTo(expectedEnds(cap));
    long position = 0;
    for (long end : ends) {
      List<Chunk> window = drain(request(position, 1024 * 1024).withWindowCap(cap));
      ChunkCursor reached = window.get(window.size() - 1).header().next();
      assertThat(reached.completedVersion()).isEqualTo(end);
      position = end;
    }
  }

  /** The versions at which, or after which, so many bytes have come since the last of them. */
  private List<Long> expectedEnds(long cap) {
    List<Long> ends = new ArrayList<>();
    long spent = 0;
    List<LoggedOperation> log = store.log();
    for (int i = 0; i < log.size(); i++) {
      Operation operation = log.get(i).operation();
      spent += 64;
      if (operation instanceof Operation.Structural structural) {
        spent += structural.orderKey().length();
      }
      if (operation instanceof Operation.PayloadCarrying carrying && carrying.payload() != null) {
        spent += carrying.payload().size();
      }
      if (operation instanceof Operation.Delete delete) {
        spent += delete.known().weight();
      }
      long version = log.get(i).position().version();
      boolean isLast = i == log.size() - 1;
      if (isLast || (spent >= cap && log.get(i + 1).position().version() > version)) {
        ends.add(version);
        spent = 0;
      }
    }
    return ends;
  }

  @Test
  void theLastChunkCostsWhatTheFirstDoes() {
    for (int i = 0; i < 2_000; i++) {
      TestLog.append(store, make.insert(0, make.bytes(1_500)));
    }
    ChunkCursor cursor = start(request(MIN));
    while (!cursor.isEnd()) {
      int before = store.visited();
      ChunkResult result = read(cursor);
      int operations = result.chunk().orElseThrow().header().operations();
      // With the one before, by which a log that went another way is noticed, and the one behind.
      assertThat(store.visited() - before).isLessThanOrEqualTo(operations + 2);
      cursor = result.next();
    }
  }

  @Test
  void manySmallOperationsAreCutByTheirNumber() {
    Operation[] operations = new Operation[ChunkFormat.MAX_OPERATIONS + 1];
    Operation insert = make.insert(0, new byte[0]);
    operations[0] = insert;
    for (int i = 1; i < operations.length; i++) {
      operations[i] =
          new Operation.SetPayload(
              new OperationId(TestOperations.ALICE, i + 1), i + 1, insert.node(), null);
    }
    TestLog.append(store, operations);
    List<Chunk> chunks = drain(request(ChunkSize.MAX));
    assertThat(chunks).hasSize(2);
    requireTiling(chunks, OperationFilter.all());
  }

  @Test
  void cursorsOfAnotherLogAreRefused() {
    fillMixed(MIN);
    ChunkCursor inside =
        drain(request(MIN)).stream()
            .map(chunk -> chunk.header().next())
            .filter(cursor -> cursor.offset() > 0)
            .findFirst()
            .orElseThrow();
    ChunkCursor elsewhere = at(inside, inside.position(), inside.offset() + 1);
    requireMismatch(elsewhere);
    requireMismatch(at(inside, inside.position(), 1L << 40));
    requireMismatch(at(inside, new Position(1, 0), inside.offset()));
    requireMismatch(at(inside, new Position(1, 77), 0));
    requireMismatch(at(inside, new Position(store.state().version() + 1, 0), 0));
    TestStore other = new TestStore(TestOperations.DOCUMENT);
    assertThatThrownBy(() -> new ChunkReader().read(other, inside))
        .isInstanceOfSatisfying(
            TidemarkException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOKEN_MISMATCH));
  }

  private void requireMismatch(ChunkCursor cursor) {
    assertThatThrownBy(() -> read(cursor))
        .isInstanceOfSatisfying(
            TidemarkException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOKEN_MISMATCH));
  }

  private static ChunkCursor at(ChunkCursor cursor, Position position, long offset) {
    return new ChunkCursor(
        cursor.window(),
        Stage.SENDING,
        position,
        offset,
        offset == 0 ? null : cursor.payload(),
        cursor.spent(),
        null);
  }

  /** Small operations, a version larger than several chunks, payloads around the budget. */
  private void fillMixed(int size) {
    fillSmall(50, 3);
    Operation[] large = new Operation[3 * size / 4_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = make.insert(i % 2, make.bytes(5_000));
    }
    TestLog.append(store, large);
    int budget = ChunkFormat.bodyLimit(size);
    for (int payload : new int[] {0, 1, 20_000, budget - 60, budget, budget + 1, 3 * budget}) {
      TestLog.append(store, make.small(1), make.insert(0, make.bytes(payload)), make.small(0));
    }
    fillSmall(20, 2);
  }

  private void fillSmall(int versions, int each) {
    for (int i = 0; i < versions; i++) {
      Operation[] operations = new Operation[each];
      for (int k = 0; k < each; k++) {
        operations[k] = make.small(0);
      }
      TestLog.append(store, operations);
    }
  }

  private void requireTiling(List<Chunk> chunks, OperationFilter filter) {
    List<OperationId> sent = new ArrayList<>();
    for (Chunk chunk : chunks) {
      DecodedChunk decoded = ChunkDecoder.decode(chunk.bytes());
      assertThat(decoded.header()).isEqualTo(chunk.header());
      decoded.entries().forEach(entry -> sent.add(entry.operation().id()));
      decoded
          .fragment()
          .filter(f -> f.range().offset() + f.range().length() == f.range().payloadSize())
          .ifPresent(f -> sent.add(f.operation().id()));
    }
    long watermark = chunks.get(0).header().watermark();
    List<OperationId> expected =
        store.log().stream()
            .filter(logged -> logged.position().version() <= watermark)
            .map(LoggedOperation::operation)
            .map(Operation::id)
            .filter(id -> filter.passes(id.replica()))
            .toList();
    assertThat(sent).isEqualTo(expected);
  }

  private static ChunkRequest request(int size) {
    return request(0, size);
  }

  private static ChunkRequest request(long after, int size) {
    return ChunkRequest.after(after).withChunkSize(size);
  }

  private static ChunkCursor start(ChunkRequest request) {
    return request.cursorOf(TestOperations.DOCUMENT);
  }

  private ChunkResult read(ChunkCursor cursor) {
    return new ChunkReader().read(store, cursor);
  }

  private List<Chunk> drain(ChunkRequest request) {
    List<Chunk> chunks = new ArrayList<>();
    ChunkCursor cursor = start(request);
    while (!cursor.isEnd()) {
      ChunkResult result = read(cursor);
      result.chunk().ifPresent(chunks::add);
      cursor = result.next();
    }
    return chunks;
  }
}
