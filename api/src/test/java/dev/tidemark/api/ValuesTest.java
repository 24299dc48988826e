package dev.tidemark.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final ReplicaId LOW = ReplicaId.fromHex("01");
  private static final ReplicaId HIGH = ReplicaId.fromHex("80");

  @Test
  void bytesAreComparedUnsignedAndPrefixesComeFirst() {
    assertThat(LOW).isLessThan(HIGH);
    assertThat(ReplicaId.fromHex("0100")).isGreaterThan(LOW);
    assertThat(OrderKey.fromHex("7f")).isLessThan(OrderKey.fromHex("80"));
    assertThat(OrderKey.EMPTY).isLessThan(OrderKey.fromHex("00"));
    assertThat(NodeId.fromHex("80000000000000000000000000000000"))
        .isGreaterThan(NodeId.fromHex("7fffffffffffffffffffffffffffffff"));
  }

  @Test
  void documentsAreInTheOrderOfTheirBytes() {
    // In UTF-16 a surrogate pair comes before U+FFFD, in UTF-8 after it.
    assertThat(DocumentId.of("\ud83d\ude00")).isGreaterThan(DocumentId.of("\ufffd"));
    assertThat(DocumentId.of("a")).isLessThan(DocumentId.of("ab"));
  }

  @Test
  void canonicalOrderIsLamportThenReplicaThenCounter() {
    CanonicalKey first = new CanonicalKey(1, HIGH, 9);
    CanonicalKey second = new CanonicalKey(2, LOW, 8);
    CanonicalKey third = new CanonicalKey(2, HIGH, 1);
    CanonicalKey fourth = new CanonicalKey(2, HIGH, 2);
    List<CanonicalKey> keys = new ArrayList<>(List.of(fourth, second, third, first));
    Collections.sort(keys);
    assertThat(keys).containsExactly(first, second, third, fourth);
  }

  @Test
  void hexIsReadBackAndNothingElse() {
    NodeId node = NodeId.timeOrdered();
    assertThat(NodeId.fromHex(node.toHex())).isEqualTo(node);
    assertThat(NodeId.of(node.toByteArray())).isEqualTo(node);
    refused(ErrorCode.INVALID_ARGUMENT, () -> NodeId.fromHex("12"));
    refused(ErrorCode.INVALID_ARGUMENT, () -> ReplicaId.fromHex("xy"));
    refused(ErrorCode.INVALID_ARGUMENT, () -> ReplicaId.fromHex(""));
  }

  @Test
  void timeOrderedNodesAscendAndAreOfVersionSeven() {
    NodeId last = NodeId.timeOrdered();
    for (int i = 0; i < 10_000; i++) {
      NodeId next = NodeId.timeOrdered();
      assertThat(next).isGreaterThan(last);
      assertThat(next.toHex().charAt(12)).isEqualTo('7');
      last = next;
    }
  }

  @Test
  void aValueKeepsItsBytes() {
    byte[] bytes = {1, 2, 3};
    ReplicaId replica = ReplicaId.of(bytes);
    Payload payload = Payload.of(bytes);
    bytes[0] = 9;
    replica.toByteArray()[1] = 9;
    payload.toByteArray()[1] = 9;
    assertThat(replica.toHex()).isEqualTo("010203");
    assertThat(payload.toByteArray()).containsExactly(1, 2, 3);
  }

  @Test
  void payloadsAreEqualByContentWhereverTheBytesAre() {
    Payload inline = Payload.of("tide");
    Payload elsewhere = Payload.reference(4, inline.digest());
    assertThat(elsewhere).isEqualTo(inline).hasSameHashCodeAs(inline);
    assertThat(Payload.of("tidy")).isNotEqualTo(inline);
    assertThat(Payload.of(new byte[0]).size()).isZero();
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(elsewhere::toByteArray);
  }

  @Test
  void rangesAreChecked() {
    refused(ErrorCode.INVALID_ARGUMENT, () -> new OperationId(LOW, 0));
    refused(ErrorCode.INVALID_ARGUMENT, () -> new OperationId(LOW, Limits.MAX_COUNT + 1));
    refused(ErrorCode.INVALID_ARGUMENT, () -> ReplicaId.of(new byte[65]));
    refused(ErrorCode.INVALID_ARGUMENT, () -> OrderKey.of(new byte[1025]));
    refused(ErrorCode.INVALID_ARGUMENT, () -> DocumentId.of(""));
    refused(ErrorCode.INVALID_ARGUMENT, () -> DocumentId.of("a\nb"));
    refused(ErrorCode.INVALID_ARGUMENT, () -> DocumentId.of("\ud800"));
    refused(ErrorCode.INVALID_ARGUMENT, () -> DocumentId.of("ä".repeat(128)));
    assertThat(DocumentId.of("ä".repeat(127)).value()).hasSize(127);
  }

  @Test
  void whatIsNeverValidIsRefused() {
    OperationId id = new OperationId(LOW, 1);
    NodeId node = NodeId.timeOrdered();
    refused(
        ErrorCode.INVALID_OPERATION,
        () -> new Operation.Insert(id, 1, NodeId.ROOT, node, OrderKey.EMPTY, null));
    refused(
        ErrorCode.INVALID_OPERATION, () -> new Operation.Move(id, 1, node, node, OrderKey.EMPTY));
    refused(
        ErrorCode.INVALID_OPERATION,
        () -> new Operation.Delete(id, 1, NodeId.ROOT, KnownOperations.NONE));
    refused(ErrorCode.INVALID_OPERATION, () -> new Operation.SetPayload(id, 0, node, null));
    refused(
        ErrorCode.INVALID_OPERATION,
        () -> new Operation.SetPayload(id, Limits.MAX_COUNT + 1, node, null));
  }

  static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(TidemarkException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}
