package dev.tidemark.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.StagedPayload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What backends that give each part a column take of this module. */
final class ColumnsTest {
  private static final OperationId ID = new OperationId(ReplicaId.fromHex("0a"), 1);
  private static final NodeId NODE = NodeId.fromHex("00000000000000000000000000000001");
  private static final byte[] SHORT = {1};

  @Test
  void anOperationIsMadeAgainOfItsColumns() {
    Values values = new Values(4);
    Set<OperationKind> seen = EnumSet.noneOf(OperationKind.class);
    for (int i = 0; i < 1_000; i++) {
      Operation operation = values.operation();
      OperationKind kind = OperationKind.of(OperationKind.of(operation).number());
      Operation.Structural structural =
          operation instanceof Operation.Structural placing ? placing : null;
      assertThat(
              kind.operation(
                  operation.id(),
                  operation.lamport(),
                  operation.node(),
                  structural == null ? null : structural.parent().toByteArray(),
                  structural == null ? null : structural.orderKey().toByteArray(),
                  OperationKind.body(operation)))
          .isEqualTo(operation);
      seen.add(kind);
    }
    assertThat(seen).containsExactlyInAnyOrder(OperationKind.values());
  }

  @Test
  void theNumbersOfKindsAreStored() {
    assertThat(Arrays.stream(OperationKind.values()).map(OperationKind::name))
        .containsExactly(
            "INSERT",
            "INSERT_WITHOUT_PAYLOAD",
            "INSERT_REFERENCE",
            "MOVE",
            "WRITE",
            "WRITE_REFERENCE",
            "CLEAR",
            "DELETE");
    assertThat(Arrays.stream(OperationKind.values()).map(OperationKind::number))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 8, 1L << 32})
  void anotherNumberIsDamage(long number) {
    assertThatThrownBy(() -> OperationKind.of(number)).isInstanceOf(DamagedBytesException.class);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLEAR")
  void anAbsentColumnIsDamage(OperationKind kind) {
    assertThatThrownBy(() -> kind.operation(ID, 1, NODE, null, null, null))
        .isInstanceOf(DamagedBytesException.class);
  }

  @Test
  void whatNoOperationCanHaveIsDamage() {
    assertThatThrownBy(
            () -> OperationKind.MOVE.operation(ID, 1, NODE, NODE.toByteArray(), SHORT, null))
        .isInstanceOf(DamagedBytesException.class)
        .hasMessageContaining("an operation");
    assertThatThrownBy(() -> OperationKind.MOVE.operation(ID, 1, NODE, SHORT, SHORT, null))
        .isInstanceOf(DamagedBytesException.class);
    assertThatThrownBy(
            () -> OperationKind.WRITE_REFERENCE.operation(ID, 1, NODE, null, null, SHORT))
        .isInstanceOf(DamagedBytesException.class);
  }

  @Test
  void aNodeIsMadeAgainOfItsFlags() {
    Values values = new Values(5);
    for (int i = 0; i < 1_000; i++) {
      NodeRow row = values.nodeRow();
      assertThat(
              NodeFlags.row(
                  row.node(),
                  NodeFlags.of(row),
                  row.placement(),
                  NodeFlags.separatePayloadKey(row)))
          .isEqualTo(row);
    }
  }

  @Test
  void aPayloadThatNothingWroteIsDamage() {
    assertThatThrownBy(() -> NodeFlags.row(NODE, 1, null, null))
        .isInstanceOf(DamagedBytesException.class);
  }

  @Test
  void knownOperationsComeBackInTheFormThatIsStored() {
    Values values = new Values(6);
    for (int i = 0; i < 1_000; i++) {
      var known = values.known();
      assertThat(KnownCodec.decode(KnownCodec.encode(known))).isEqualTo(known);
    }
    assertThat(KnownCodec.decode(HexFormat.of().parseHex("010a" + "02" + "0100" + "0502")))
        .hasToString("{0a=[CounterRange[from=1, to=1], CounterRange[from=6, to=8]]}");
  }

  @Test
  void receivedRangesComeBack() {
    Values values = new Values(7);
    for (int i = 0; i < 1_000; i++) {
      StagedPayload staged = values.staged();
      assertThat(ReceivedRanges.decode(ReceivedRanges.encode(staged.received())))
          .isEqualTo(staged.received());
    }
    assertThatThrownBy(() -> ReceivedRanges.decode(SHORT))
        .isInstanceOf(DamagedBytesException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 127, 128, 300, Integer.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void numbersComeBack(long number) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Varints.write(out, number);
    ByteBuffer in = ByteBuffer.wrap(out.toByteArray());
    assertThat(Varints.read(in)).isEqualTo(number);
    assertThat(in.hasRemaining()).isFalse();
  }

  @Test
  void aNumberBelowZeroIsRefused() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatIllegalArgumentException().isThrownBy(() -> Varints.write(out, -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "ffffffffffffffffff01"})
  void whatIsNoNumberIsDamage(String hex) {
    ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> Varints.read(in)).isInstanceOf(DamagedBytesException.class);
  }

  @Test
  void bytesThatAreAnnouncedAndNotThereAreDamage() {
    ByteBuffer in = ByteBuffer.wrap(SHORT);
    assertThatThrownBy(() -> Varints.readBytes(in, Long.MAX_VALUE))
        .isInstanceOf(DamagedBytesException.class);
  }
}
