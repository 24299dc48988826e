package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.FIRST;
import static dev.tidemark.conformance.kit.Samples.OTHER;
import static dev.tidemark.conformance.kit.Samples.node;
import static dev.tidemark.conformance.kit.Samples.orderKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StagedPayload.ByteRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Payloads that wait for the rest of their bytes. */
public abstract class StagingContract extends StorageContract {
  private static final Payload ANNOUNCED =
      Payload.reference(Long.MAX_VALUE, PayloadDigest.ofContent(new byte[] {1}));

  /** For subclasses. */
  protected StagingContract() {}

  @Test
  @Rule("A4")
  void stagedPayloadsComeBackAsTheyWere() {
    StagedPayload insert =
        new StagedPayload(
            new Operation.Insert(id(1), 7, node(1), NodeId.ROOT, orderKey(0, 255), ANNOUNCED),
            List.of(new ByteRange(0, 10), new ByteRange(20, Long.MAX_VALUE)),
            1_700_000_000_000L);
    StagedPayload write = staged(2, 5);
    write(
        transaction -> {
          transaction.putStagedPayload(insert);
          transaction.putStagedPayload(write);
        });

    assertThat(now().stagedPayloads(List.of(id(1), id(2), id(3))))
        .isEqualTo(Map.of(id(1), insert, id(2), write));
    assertThat(now().stagedPayloads(List.of())).isEmpty();
    assertThat(now().operations(List.of(id(1), id(2)))).isEmpty();
    assertThat(now(OTHER).stagedPayloads(List.of(id(1)))).isEmpty();
  }

  @Test
  @Rule("A4")
  void aStagedPayloadIsReplacedByItsOperation() {
    StagedPayload more =
        new StagedPayload(staged(1, 5).operation(), List.of(new ByteRange(0, 99)), 6);
    write(transaction -> transaction.putStagedPayload(staged(1, 5)));
    write(transaction -> transaction.putStagedPayload(more));

    assertThat(now().stagedPayloads(List.of(id(1)))).isEqualTo(Map.of(id(1), more));
  }

  @Test
  @Rule("A4")
  void removingAStagedPayloadKeepsItsBytes() {
    write(
        transaction -> {
          transaction.putStagedPayload(staged(1, 5));
          transaction.writePayload(id(1), 0, new byte[] {42});
        });
    write(transaction -> transaction.removeStagedPayload(id(1)));

    assertThat(now().stagedPayloads(List.of(id(1)))).isEmpty();
    assertThat(now().stagedBefore(Long.MAX_VALUE, 9)).isEmpty();
    assertThat(now().readPayload(id(1), 0, 1)).containsExactly(42);
  }

  @Test
  @Rule("A8")
  void theStagedPayloadsThatWereTouchedBeforeATimeAreListed() {
    write(
        transaction -> {
          for (int n = 1; n <= 4; n++) {
            transaction.putStagedPayload(staged(n, 10L * n));
          }
        });

    assertThat(now().stagedBefore(10, 9)).isEmpty();
    assertThat(now().stagedBefore(30, 9)).containsExactlyInAnyOrder(staged(1, 10), staged(2, 20));
    assertThat(now().stagedBefore(Long.MAX_VALUE, 3)).hasSize(3);
  }

  private static OperationId id(long counter) {
    return new OperationId(FIRST, counter);
  }

  private static StagedPayload staged(long counter, long touchedAt) {
    return new StagedPayload(
        new Operation.SetPayload(id(counter), 7, NodeId.ROOT, ANNOUNCED), List.of(), touchedAt);
  }
}
