package dev.tidemark.conformance.kit.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Placement;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.Ranks;
import dev.tidemark.conformance.kit.BackendUnderTest;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.ReadMode;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeHash;
import dev.tidemark.core.TreeSnapshot;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every storage call of what keeps a store fails once, in turn. Unlike an append it may have done a
 * part in transactions of its own; but the log stays, and doing it again ends as if nothing had
 * failed.
 */
public abstract class MaintenanceFaultContract extends EngineContract {
  private static final History HISTORY =
      History.parse(
          "{#1 a>ROOT, #2 b>ROOT, #3 c>b, #5 b>a, #6 d>a} + {#4 a>b, #7 e>c,"
              + " #8 delete d knowing nothing}",
          Ranks.LAMPORT);

  /** More than two chunks of the smallest size, so that something is missing after two. */
  private static final int LARGE = 700_000;

  private static final int SMALLEST_PIECE = 64 * 1024;

  private final StorageCalls calls = new StorageCalls();

  /** For subclasses. */
  protected MaintenanceFaultContract() {}

  @Test
  @Rule("R9")
  void aRebuildThatFailsLeavesTheOldTree() {
    failEachCall(
        document -> document.append(HISTORY.operations()),
        Document::rebuild,
        (document, hash) -> assertThat(hashAsItIs(document)).isEqualTo(hash));
  }

  @Test
  @Rule("R8")
  void aCatchUpThatFailsIsTakenUpAgain() {
    failEachCall(
        document ->
            HISTORY
                .batches()
                .forEach(batch -> document.append(batch.operations(), CatchUpPolicy.deferred())),
        Document::ensureMaterialized,
        (document, hash) ->
            assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty());
  }

  @Test
  @Rule("A8")
  void cleaningUpThatFailsIsTakenUpAgain() {
    Document source = anotherStore().document("maintained");
    source
        .replica(ReplicaId.fromHex("0a"))
        .setPayload(NodeId.ROOT, () -> new ByteArrayInputStream(bytes(LARGE)));
    OperationId payload = log(source).get(0).operation().id();
    List<byte[]> chunks = new ArrayList<>();
    for (Chunk chunk : source.changes(ChunkRequest.after(0).withChunkSize(ChunkSize.MIN))) {
      chunks.add(chunk.bytes());
    }
    failEachCall(
        document -> {
          chunks.subList(0, 2).forEach(document::apply);
          assertThat(document.stagedPayloads()).as("staged payloads before").isEqualTo(1);
        },
        document -> document.removeLeftovers(Instant.MAX),
        (document, hash) -> assertThat(document.status().operations()).isZero(),
        (document, uri) -> {
          assertThat(document.stagedPayloads()).as("staged payloads in the end").isZero();
          assertNothingIsThere(uri, document.id(), payload);
        });
  }

  /** Of no piece that may have come. */
  private void assertNothingIsThere(String uri, DocumentId document, OperationId payload) {
    try (Backend storage = backend().open(uri, OpenMode.WRITE);
        ReadTransaction reading = storage.beginRead(document)) {
      for (long place = 0; place < LARGE; place += SMALLEST_PIECE) {
        long offset = place;
        assertThatExceptionOfType(TidemarkException.class)
            .as("byte %s of what was left over", offset)
            .isThrownBy(() -> reading.readPayload(payload, offset, 1))
            .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PAYLOAD_MISSING));
      }
    }
  }

  @Test
  @Rule("A3")
  void aChunkThatFailsLeavesNeitherOperationsNorProgress() {
    Document source = anotherStore().document("maintained");
    source.append(HISTORY.operations());
    byte[] chunk = source.readChunk(ChunkRequest.after(0)).chunk().orElseThrow().bytes();
    failEachCall(
        document -> {},
        document -> document.apply(chunk, "peer"),
        (document, hash) -> {
          assertThat(document.status().version()).as("the version").isZero();
          assertThat(document.progress("peer")).as("the progress").isEmpty();
        });
  }

  @Test
  @Rule("R6")
  void aStreamedPayloadThatFailsLeavesNothing() {
    byte[] content = bytes(300_000);
    failEachCall(
        document -> document.append(HISTORY.operations()),
        document ->
            document
                .replica(ReplicaId.fromHex("0c"))
                .insert(NodeId.ROOT, Placement.last(), () -> new ByteArrayInputStream(content)),
        (document, hash) -> assertThat(hashAsItIs(document)).isEqualTo(hash));
  }

  /** What must hold of a document once the work was done again. */
  private interface End {
    void check(Document document, String uri);
  }

  /** What must hold of a document after a failure. */
  private interface Afterwards {
    void check(Document document, TreeHash before);
  }

  private void failEachCall(
      Consumer<Document> prepare, Consumer<Document> work, Afterwards afterwards) {
    failEachCall(prepare, work, afterwards, (document, uri) -> {});
  }

  private void failEachCall(
      Consumer<Document> prepare, Consumer<Document> work, Afterwards afterwards, End end) {
    for (int call = 1; ; call++) {
      BackendUnderTest backend = backend();
      String uri = backend.newStore();
      try (Tidemark store =
          Tidemark.builder(uri).backend(new ObservedProvider(backend.provider(), calls)).open()) {
        calls.reset();
        Document document = store.document("maintained");
        prepare.accept(document);
        List<LoggedOperation> log = log(document);
        TreeHash before = hashAsItIs(document);
        calls.failAt(call);
        boolean hasFailed = fails(() -> work.accept(document));
        boolean wasReached = calls.total() >= call;
        calls.reset();
        if (hasFailed) {
          assertThat(log(document)).as("the log after failing call %s", call).isEqualTo(log);
          afterwards.check(document, before);
          work.accept(document);
        }
        assertThat(document.ensureMaterialized().operations()).isZero();
        assertThat(document.verify(ProgressListener.NONE).differences())
            .as("after failing call %s, and once more", call)
            .isEmpty();
        end.check(document, uri);
        if (!wasReached) {
          assertThat(call).as("calls that could fail").isGreaterThan(3);
          return;
        }
      } finally {
        backend.drop(uri);
      }
    }
  }

  private static boolean fails(Runnable work) {
    try {
      work.run();
      return false;
    } catch (TidemarkException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
      return true;
    }
  }

  private static List<LoggedOperation> log(Document document) {
    List<LoggedOperation> log = new ArrayList<>();
    document.readLog(Position.START, Long.MAX_VALUE - 1, log::add);
    return log;
  }

  private static TreeHash hashAsItIs(Document document) {
    try (TreeSnapshot snapshot = document.snapshot(ReadMode.AS_IS)) {
      return snapshot.hash();
    }
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
