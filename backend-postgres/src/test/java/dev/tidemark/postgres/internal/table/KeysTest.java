package dev.tidemark.postgres.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.Limits;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The stored form of keys has the order of the keys (rule B4). */
final class KeysTest {
  private static final List<Long> NUMBERS =
      List.of(1L, 2L, 127L, 128L, 255L, 256L, 65_535L, 65_536L, 1L << 40, Limits.MAX_COUNT);
  private static final List<String> REPLICAS =
      List.of(
          "00", "0000", "0001", "00ff", "01", "0100", "0101", "02", "0200", "61", "6100", "6101",
          "6102", "61ff", "ff", "ffff");

  @Test
  void positionsAreInOrder() {
    List<Position> positions = new ArrayList<>();
    for (long version : List.of(0L, 1L, 255L, 256L, 1L << 40, Long.MAX_VALUE)) {
      for (int sequence : List.of(0, 1, 255, 256, Integer.MAX_VALUE)) {
        positions.add(new Position(version, sequence));
      }
    }
    assertOrder(positions, Keys::position);
    assertThat(positions)
        .allSatisfy(each -> assertThat(Keys.position(Keys.position(each))).isEqualTo(each));
  }

  @Test
  void aVersionEndsBehindItsPositionsAndBeforeTheNextVersion() {
    for (long version : List.of(0L, 1L, 255L, 256L, Long.MAX_VALUE - 1)) {
      byte[] end = Keys.afterVersion(version);
      assertThat(compare(Keys.position(new Position(version, Integer.MAX_VALUE)), end))
          .isNegative();
      assertThat(compare(end, Keys.position(Position.afterVersion(version)))).isNegative();
    }
    byte[] last = Keys.position(new Position(Long.MAX_VALUE, Integer.MAX_VALUE));
    assertThat(compare(last, Keys.afterVersion(Long.MAX_VALUE))).isNegative();
    assertThat(compare(Keys.afterVersion(Long.MIN_VALUE), Keys.position(Position.START)))
        .isNegative();
  }

  @Test
  void operationsAreInTheOrderOfReplicaAndCounter() {
    List<OperationId> ids = new ArrayList<>();
    for (String replica : REPLICAS) {
      NUMBERS.forEach(counter -> ids.add(new OperationId(ReplicaId.fromHex(replica), counter)));
    }
    assertOrder(ids, Keys::operation);
    assertThat(ids)
        .allSatisfy(
            each -> {
              byte[] key = Keys.operation(each);
              byte[] beginning = Keys.replica(each.replica());
              assertThat(Keys.operation(key)).isEqualTo(each);
              assertThat(compare(beginning, key)).isNegative();
              assertThat(compare(key, Keys.above(beginning))).isNegative();
            });
  }

  @Test
  void canonicalKeysAreInTheirOrder() {
    List<CanonicalKey> keys = new ArrayList<>();
    for (long lamport : NUMBERS) {
      for (String replica : REPLICAS) {
        for (long counter : NUMBERS) {
          keys.add(new CanonicalKey(lamport, ReplicaId.fromHex(replica), counter));
        }
      }
    }
    assertOrder(keys, Keys::canonical);
    assertThat(keys)
        .allSatisfy(each -> assertThat(Keys.canonical(Keys.canonical(each))).isEqualTo(each));
  }

  @Test
  void theFormsStay() {
    assertThat(hex(Keys.position(new Position(300, 5)))).isEqualTo("02012c0105");
    assertThat(hex(Keys.operation(new OperationId(ReplicaId.fromHex("0001a0"), 7))))
        .isEqualTo("01010102a0000107");
    assertThat(hex(Keys.canonical(new CanonicalKey(256, ReplicaId.fromHex("a0"), 1))))
        .isEqualTo("020100a0000101");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static <T extends Comparable<T>> void assertOrder(
      List<T> values, Function<T, byte[]> encoding) {
    List<T> byValue = values.stream().sorted().toList();
    List<T> byBytes =
        values.stream().sorted((a, b) -> compare(encoding.apply(a), encoding.apply(b))).toList();
    assertThat(byBytes).isEqualTo(byValue);
  }

  private static int compare(byte[] left, byte[] right) {
    return Arrays.compareUnsigned(left, right);
  }
}
