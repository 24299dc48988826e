package dev.tidemark.conformance.kit.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.Ranks;
import dev.tidemark.conformance.kit.BackendUnderTest;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.DocumentStatus;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every storage call of a write fails once, in turn: the store is as it was before (rule R6). */
public abstract class FaultContract extends EngineContract {
  private static final String PEER = "peer";

  private final StorageCalls calls = new StorageCalls();

  /** For subclasses. */
  protected FaultContract() {}

  /** What a write can change. */
  private record Picture(
      DocumentStatus status,
      TreeHash tree,
      List<LoggedOperation> log,
      Optional<SyncProgress> progress,
      int stagedPayloads) {
    static Picture of(Document document) {
      List<LoggedOperation> log = new ArrayList<>();
      document.readLog(Position.START, Long.MAX_VALUE - 1, log::add);
      return new Picture(
          document.status(),
          document.treeHash(),
          log,
          document.progress(PEER),
          document.stagedPayloads());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IN_ORDER | {#1 a>ROOT, #2 b>a} | {#3 c>b, #4 b>ROOT, #5 d>b}",
        "COMMUTING | {#1 a>ROOT, #5 b>a} | {#2 c>ROOT, #3 c>a, #4 delete c knowing nothing}",
        "FRESH_SUBTREE | {#1 a>ROOT, #2 b>a, #9 a>ROOT} | {#3 c>a, #4 d>c, #5 e>d, #6 c>ROOT}",
        "COMMUTING | {#1 a>ROOT, #5 b>a, #6 write b x, #7 b>ROOT} | {#2 write b y, #3 b>c}",
        "REPLAYED | {#1 a>ROOT, #2 b>ROOT, #3 c>b, #5 b>a, #6 d>a} | {#4 a>b, #7 e>c}",
      })
  @Rule("R6")
  void aFailedAppendLeavesTheStoreAsItWas(CatchUpPath path, String base, String append) {
    List<Operation> before = History.parse(base, Ranks.LAMPORT).operations();
    List<Operation> added = History.parse(append, Ranks.LAMPORT).operations();
    Document reference = newDocument();
    reference.append(before);
    AppendResult result = reference.append(added);
    assertThat(result.catchUp().path()).isEqualTo(path);

    int failures =
        failEachCall(
            reference, document -> document.append(before), document -> document.append(added));
    assertThat(failures).isGreaterThan(5);
  }

  @Test
  @Rule("R6")
  void aFailedLocalWriteLeavesTheStoreAsItWas() {
    ReplicaId replica = ReplicaId.fromHex("0a");
    NodeId[] folder = new NodeId[1];
    failEachCall(
        null,
        document -> {
          folder[0] = document.replica(replica).insert(NodeId.ROOT, Placement.last());
          document.replica(replica).insert(folder[0], Placement.last(), Payload.of("a"));
        },
        document -> document.replica(replica).delete(folder[0]));
  }

  @Test
  @Rule({"R6", "A3", "A9"})
  void aFailedChunkLeavesTheStoreAndTheProgressAsTheyWere() {
    Document source = newDocument();
    source.replica(ReplicaId.fromHex("0a")).insert(NodeId.ROOT, Placement.last());
    source
        .replica(ReplicaId.fromHex("0b"))
        .insert(NodeId.ROOT, Placement.last(), Payload.of(bytes(40_000)));
    byte[] chunk = chunks(source).get(0);
    failEachCallOfChunks(source, List.of(), chunk);
  }

  @Test
  @Rule({"R6", "A3", "A4"})
  void aFailedFragmentLeavesTheStoreAndTheProgressAsTheyWere() {
    Document source = newDocument();
    source
        .replica(ReplicaId.fromHex("0a"))
        .insert(NodeId.ROOT, Placement.last(), Payload.of(bytes(700_000)));
    List<byte[]> chunks = chunks(source);
    assertThat(chunks).hasSize(3);
    for (int next = 0; next < chunks.size(); next++) {
      failEachCallOfChunks(source, chunks.subList(0, next), chunks.get(next));
    }
  }

  @Test
  @Rule("B6")
  void anAppendWhoseCommitWasNotAnsweredIsNotMadeTwice() {
    try (Tidemark observed = observedStore()) {
      Document document = observed.document("uncertain");
      List<Operation> operations = History.parse("{#1 a>ROOT, #2 b>a}", Ranks.LAMPORT).operations();
      List<Integer> told = new ArrayList<>();
      document.listen(changes -> told.add(changes.changes().size()));
      calls.reset();
      document.append(operations);
      int commit = calls.total();
      assertThat(calls.calls("commit")).isEqualTo(1);

      Document again = observed.document("uncertain again");
      again.listen(changes -> told.add(changes.changes().size()));
      calls.failAfter(commit, ErrorCode.COMMIT_UNKNOWN);
      AppendResult result = again.append(operations);
      assertThat(result.appended()).isEqualTo(2);
      assertThat(result.changes().changes()).hasSize(2);
      assertThat(told).containsExactly(2, 2);
      assertThat(again.status().version()).isEqualTo(1);
    }
  }

  @Test
  @Rule("B6")
  void whatMayBeCommittedIsNotReportedAsIfItWereNot() {
    try (Tidemark observed = observedStore()) {
      ReplicaId replica = ReplicaId.fromHex("0a");
      calls.reset();
      observed.document("first").replica(replica).insert(NodeId.ROOT, Placement.last());
      int commit = calls.total();

      Document document = observed.document("second");
      calls.failAfterAndOn(commit, ErrorCode.COMMIT_UNKNOWN, ErrorCode.STORE_BUSY);
      assertThatExceptionOfType(TidemarkException.class)
          .isThrownBy(() -> document.replica(replica).insert(NodeId.ROOT, Placement.last()))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.COMMIT_UNKNOWN));
      calls.reset();
      assertThat(document.status().operations()).isEqualTo(1);
    }
  }

  @Test
  @Rule({"B6", "A1"})
  void aLostAppendIsNotTakenForAnothersOfWhichItSharesOperations() {
    try (Tidemark observed = observedStore()) {
      List<Operation> operations =
          History.parse("{#1 a>ROOT, #2 b>a, #3 c>b}", Ranks.LAMPORT).operations();
      calls.reset();
      observed.document("first").append(operations);
      int commit = calls.total();

      // The commit is lost; meanwhile another writer takes the version, with one of ours.
      Document document = observed.document("second");
      calls.failAt(commit, ErrorCode.COMMIT_UNKNOWN);
      calls.thenOnce(() -> store().document("second").append(operations.subList(0, 1)));
      AppendResult result = document.append(operations);
      assertThat(result.appended()).isEqualTo(2);
      assertThat(document.status().operations()).isEqualTo(3);
      assertThat(document.status().version()).isEqualTo(2);
    }
  }

  @Test
  @Rule("B6")
  void aLocalWriteWhoseCommitWasNotAnsweredIsNotMadeTwice() {
    try (Tidemark observed = observedStore()) {
      ReplicaId replica = ReplicaId.fromHex("0a");
      calls.reset();
      observed.document("first").replica(replica).insert(NodeId.ROOT, Placement.last());
      int commit = calls.total();

      Document document = observed.document("second");
      calls.failAfter(commit, ErrorCode.COMMIT_UNKNOWN);
      NodeId node = document.replica(replica).insert(NodeId.ROOT, Placement.last());
      assertThat(document.children(NodeId.ROOT, null, 10).nodes())
          .singleElement()
          .satisfies(child -> assertThat(child.id()).isEqualTo(node));
      assertThat(document.status().operations()).isEqualTo(1);
    }
  }

  private void failEachCallOfChunks(Document source, List<byte[]> before, byte[] chunk) {
    failEachCall(
        before.isEmpty() && chunks(source).size() == 1 ? source : null,
        document -> before.forEach(earlier -> document.apply(earlier, PEER)),
        document -> document.apply(chunk, PEER));
  }

  /** Chunks name their document, so the documents of one scenario share a name in many stores. */
  private int failEachCall(
      @Nullable Document reference, Consumer<Document> prepare, Consumer<Document> write) {
    int failures = 0;
    while (true) {
      BackendUnderTest backend = backend();
      String uri = backend.newStore();
      try (Tidemark store =
          Tidemark.builder(uri).backend(new ObservedProvider(backend.provider(), calls)).open()) {
        calls.reset();
        Document document =
            store.document(reference == null ? "document 0" : reference.id().value());
        prepare.accept(document);
        Picture before = Picture.of(document);
        calls.failAt(failures + 1);
        boolean isDone = !fails(() -> write.accept(document));
        calls.reset();
        if (!isDone) {
          assertThat(Picture.of(document))
              .as("after failing call %s", failures + 1)
              .isEqualTo(before);
          assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
          write.accept(document);
          failures++;
        }
        assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
        if (reference != null) {
          assertThat(document.treeHash()).isEqualTo(reference.treeHash());
        }
        if (isDone) {
          return failures;
        }
      } finally {
        backend.drop(uri);
      }
    }
  }

  private static boolean fails(Runnable write) {
    try {
      write.run();
      return false;
    } catch (TidemarkException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
      return true;
    }
  }

  private Tidemark observedStore() {
    return openWith(new ObservedProvider(backend().provider(), calls));
  }

  private static List<byte[]> chunks(Document source) {
    List<byte[]> chunks = new ArrayList<>();
    for (Chunk chunk : source.changes(ChunkRequest.after(0).withChunkSize(ChunkSize.MIN))) {
      chunks.add(chunk.bytes());
    }
    return chunks;
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    // Always the same, and not compressible: the number of chunks is part of the test.
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
