package dev.tidemark.conformance.kit.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Placement;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.cost.StorageCalls;
import dev.tidemark.conformance.kit.report.Refusals;
import dev.tidemark.core.ChunkSource;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.PullSummary;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.OpenMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process ends in the middle of a storage call; the next one finds what was committed. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
public abstract class ReopeningContract extends ProcessContract {
  /** For subclasses. */
  protected ReopeningContract() {}

  @ParameterizedTest
  @ValueSource(ints = {17, 40, 63})
  @Rule("B1")
  void whatWasCommittedBeforeAnAbruptEndIsThere(int call) throws Exception {
    Document document = newDocument();
    document.replica(ReplicaId.fromHex("0a")).insert(NodeId.ROOT, Placement.last());
    if (isNotDurable()) {
      return;
    }
    store().close();
    OtherProcesses.Ended ended = run(document, "write and halt", "0b", "" + call);
    assertThat(ended.status()).as("%s", ended).isEqualTo(StorageCalls.HALTED);
    long told = ended.lines().stream().filter(line -> line.startsWith("wrote")).count() + 1;

    try (Tidemark reopened = openAgain()) {
      Document found = reopened.document(document.id());
      assertThat(found.status().version()).as("after %s", ended.lines()).isBetween(told, told + 1);
      assertThat(found.status().operations()).isEqualTo(found.status().version());
      assertThat(found.treeHash().visibleNodes()).isEqualTo(found.status().version());
      assertThat(found.verify(ProgressListener.NONE).differences()).isEmpty();
      found.replica(ReplicaId.fromHex("0b")).insert(NodeId.ROOT, Placement.last());
      assertThat(found.verify(ProgressListener.NONE).differences()).isEmpty();
    }
  }

  @Test
  @Rule("A7")
  void aPullGoesOnWhereAnAbruptEndLeftIt() throws Exception {
    Document document = newDocument();
    document.replica(ReplicaId.fromHex("0a")).insert(NodeId.ROOT, Placement.last());
    if (isNotDurable()) {
      return;
    }
    store().close();
    for (int call : new int[] {30, 37, 55}) {
      OtherProcesses.Ended ended = run(document, "pull and halt", "7", "" + call);
      assertThat(ended.status()).as("%s", ended).isEqualTo(StorageCalls.HALTED);
    }
    try (Tidemark reopened = openAgain();
        Tidemark senders = PullSource.open()) {
      Document found = reopened.document(document.id());
      Document sender = PullSource.fill(senders, document.id(), 7);
      assertThat(found.progress("server")).as("what the lost processes pulled").isPresent();
      PullSummary rest =
          found.puller("server", ChunkSource.of(sender::readChunk), PullSource.request()).pull();
      assertThat(rest.known()).as("operations that came twice").isZero();
      assertThat(ids(found).subList(1, ids(found).size())).isEqualTo(ids(sender));
      assertThat(found.verify(ProgressListener.NONE).differences()).isEmpty();
    }
  }

  @Test
  @Rule("B1")
  void aStoreThatIsClosedAndOpenedAgainIsTheSame() {
    Document document = newDocument();
    for (int i = 0; i < 5; i++) {
      document.replica(ReplicaId.fromHex("0a")).insert(NodeId.ROOT, Placement.last());
    }
    List<OperationId> before = ids(document);
    if (isNotDurable()) {
      return;
    }
    store().close();
    try (Tidemark reopened = openAgain()) {
      Document found = reopened.document(document.id());
      assertThat(ids(found)).isEqualTo(before);
      assertThat(found.verify(ProgressListener.NONE).differences()).isEmpty();
    }
  }

  /** What is not durable ends with its last close, and says so when it is asked for again. */
  private boolean isNotDurable() {
    if (backend().supports(Capability.DURABLE)) {
      return false;
    }
    store().close();
    Assertions.assertThatExceptionOfType(TidemarkException.class)
        .as("opening a store again that is not DURABLE")
        .isThrownBy(
            () ->
                Tidemark.builder(uri())
                    .backend(backend().provider())
                    .mode(OpenMode.WRITE)
                    .open()
                    .close())
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    Refusals.asserted(Capability.DURABLE);
    return true;
  }

  private static List<OperationId> ids(Document document) {
    List<OperationId> ids = new ArrayList<>();
    document.readLog(
        Position.START,
        Long.MAX_VALUE - 1,
        (LoggedOperation logged) -> ids.add(logged.operation().id()));
    return ids;
  }
}
