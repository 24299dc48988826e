package dev.tidemark.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownOperationsTest {
  private static final ReplicaId A = ReplicaId.fromHex("0a");
  private static final ReplicaId B = ReplicaId.fromHex("0b");

  @Test
  void rangesThatTouchBecomeOne() {
    KnownOperations known =
        KnownOperations.builder().add(A, 5, 6).add(A, 1, 2).add(A, 3, 4).add(A, 9, 9).build();
    assertThat(known.ranges().get(A))
        .containsExactly(
            new KnownOperations.CounterRange(1, 6), new KnownOperations.CounterRange(9, 9));
    assertThat(known)
        .isEqualTo(KnownOperations.builder().add(A, 9, 9).add(A, 1, 6).add(A, 2, 3).build());
  }

  @Test
  void behavesAsASet() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      Set<OperationId> left = randomSet(random);
      Set<OperationId> right = randomSet(random);
      Set<OperationId> both = new HashSet<>(left);
      both.addAll(right);
      KnownOperations union = KnownOperations.of(left).union(KnownOperations.of(right));
      assertThat(union).as("seed %s", seed).isEqualTo(KnownOperations.of(both));
      for (int counter = 1; counter <= 40; counter++) {
        for (ReplicaId replica : List.of(A, B)) {
          OperationId id = new OperationId(replica, counter);
          assertThat(union.contains(id)).as("seed %s, %s", seed, id).isEqualTo(both.contains(id));
        }
      }
    }
  }

  private static Set<OperationId> randomSet(Random random) {
    Set<OperationId> set = new HashSet<>();
    int size = random.nextInt(30);
    for (int i = 0; i < size; i++) {
      set.add(new OperationId(random.nextBoolean() ? A : B, 1 + random.nextInt(40)));
    }
    return set;
  }

  @Test
  void aLargeSetIsSplitIntoPartsThatOneDeleteCanCarry() {
    KnownOperations.Builder builder = KnownOperations.builder();
    for (int counter = 1; counter <= 40_000; counter += 2) {
      builder.add(new OperationId(counter % 3 == 0 ? A : B, counter));
    }
    KnownOperations all = builder.build();
    List<KnownOperations> parts = all.split();
    assertThat(parts).hasSizeGreaterThan(1);
    KnownOperations joined = KnownOperations.NONE;
    for (KnownOperations part : parts) {
      assertThat(part.weight()).isLessThanOrEqualTo(Limits.MAX_KNOWN_WEIGHT);
      joined = joined.union(part);
    }
    assertThat(joined).isEqualTo(all);
    assertThat(KnownOperations.NONE.split()).containsExactly(KnownOperations.NONE);
  }
}
