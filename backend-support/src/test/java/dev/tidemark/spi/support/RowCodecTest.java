package dev.tidemark.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StagedPayload.ByteRange;
import dev.tidemark.spi.StructuralRow;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RowCodecTest {
  private static final int ROWS = 2_000;
  private static final CanonicalKey KEY = new CanonicalKey(300, ReplicaId.fromHex("f00d"), 7);
  private static final NodeId NODE = NodeId.fromHex("00000000000000000000000000000001");
  private static final String NODE_HEX = "00000000000000000000000000000001";
  private static final String ROOT_HEX = "00000000000000000000000000000000";
  private static final OrderKey ORDER_KEY = OrderKey.fromHex("8000");

  static Stream<Arguments> codecs() {
    return Stream.of(
        codec("state", RowCodec.STATE, Values::state),
        codec("operation", RowCodec.OPERATION, Values::operation),
        codec("node", RowCodec.NODE, Values::nodeRow),
        codec("structural", RowCodec.STRUCTURAL, Values::structural),
        codec("known", RowCodec.KNOWN, Values::known),
        codec("staged", RowCodec.STAGED, Values::staged));
  }

  private static <T> Arguments codec(String name, RowCodec<T> codec, Function<Values, T> value) {
    return Arguments.of(name, codec, value);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codecs")
  void whatWasEncodedComesBack(String name, RowCodec<Object> codec, Function<Values, ?> value) {
    Values values = new Values(1);
    for (int i = 0; i < ROWS; i++) {
      Object row = value.apply(values);
      Object decoded = codec.decode(codec.encode(row));
      assertThat(decoded).isEqualTo(row);
      if (row instanceof Operation.PayloadCarrying carrying && carrying.payload() != null) {
        Payload payload = ((Operation.PayloadCarrying) decoded).payload();
        assertThat(payload).isNotNull();
        assertThat(payload.isInline()).isEqualTo(carrying.payload().isInline());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codecs")
  void whatIsCutOffIsDamaged(String name, RowCodec<Object> codec, Function<Values, ?> value) {
    Values values = new Values(2);
    for (int i = 0; i < ROWS / 10; i++) {
      byte[] bytes = codec.encode(value.apply(values));
      for (int length = 0; length < Math.min(bytes.length, 60); length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(DamagedBytesException.class);
      }
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThatThrownBy(() -> codec.decode(longer)).isInstanceOf(DamagedBytesException.class);
    }
  }

  /** Nothing but a row or the one exception comes of any bytes. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("codecs")
  void whatIsFlippedIsARowOrDamaged(
      String name, RowCodec<Object> codec, Function<Values, ?> value) {
    Values values = new Values(3);
    Random random = new Random(3);
    int damaged = 0;
    for (int i = 0; i < ROWS; i++) {
      byte[] bytes = codec.encode(value.apply(values));
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(Math.min(bytes.length, 24))] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        assertThat(codec.decode(bytes)).isNotNull();
      } catch (DamagedBytesException e) {
        assertThat(e).hasMessageNotContaining("null");
        damaged++;
      }
    }
    assertThat(damaged).as("rows found damaged").isPositive();
  }

  static Stream<Arguments> stored() {
    String key = "ac02" + "02f00d" + "07";
    String placement = ROOT_HEX + "028000" + key;
    return Stream.of(
        Arguments.of(
            RowCodec.STATE,
            new DocumentState(5, 9, KEY, null, new Position(4, 2), 3, null),
            "01" + "05" + "09" + key + "00" + "0402" + "03" + "00"),
        Arguments.of(
            RowCodec.OPERATION,
            new Operation.Insert(KEY.id(), 300, NODE, NodeId.ROOT, ORDER_KEY, Payload.of("hi")),
            "01" + "00" + key + NODE_HEX + ROOT_HEX + "028000" + "026869"),
        Arguments.of(
            RowCodec.OPERATION,
            new Operation.Delete(KEY.id(), 300, NODE, KnownOperations.of(List.of(KEY.id()))),
            "01" + "07" + key + NODE_HEX + "06" + "02f00d" + "01" + "0700"),
        Arguments.of(
            RowCodec.NODE,
            new NodeRow(
                NODE,
                new PlacementRow(NodeId.ROOT, ORDER_KEY, KEY),
                new PayloadRow(KEY, true),
                true,
                false,
                false,
                true),
            "01" + "33" + NODE_HEX + placement),
        Arguments.of(
            RowCodec.NODE,
            new NodeRow(NODE, null, new PayloadRow(KEY, false), false, true, true, false),
            "01" + "4c" + NODE_HEX + key),
        Arguments.of(
            RowCodec.STRUCTURAL,
            new StructuralRow(NODE, KEY, NodeId.ROOT, ORDER_KEY, true, true),
            "01" + "03" + NODE_HEX + placement),
        Arguments.of(RowCodec.KNOWN, KnownOperations.NONE, "01" + "00"),
        Arguments.of(
            RowCodec.STAGED,
            new StagedPayload(
                new Operation.SetPayload(
                    KEY.id(), 300, NODE, Payload.reference(9, Payload.of("x").digest())),
                List.of(new ByteRange(0, 4)),
                -1),
            "01"
                + "05"
                + key
                + NODE_HEX
                + "2109"
                + Payload.of("x").digest().toHex()
                + "020004"
                + "ffffffffffffffff"));
  }

  /** These are stored: whoever changes them must go on reading them. */
  @ParameterizedTest
  @MethodSource("stored")
  void theFormIsTheOneThatIsStored(RowCodec<Object> codec, Object row, String hex) {
    assertThat(HexFormat.of().formatHex(codec.encode(row))).isEqualTo(hex);
    assertThat(codec.decode(HexFormat.of().parseHex(hex))).isEqualTo(row);
  }
}
