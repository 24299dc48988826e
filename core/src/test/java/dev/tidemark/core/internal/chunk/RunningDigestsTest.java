package dev.tidemark.core.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ChunkHeader.Fragment;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.core.internal.chunk.RunningDigests.Arrival;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StagedPayload.ByteRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a digest is known without reading, and when what was digested must be forgotten. */
final class RunningDigestsTest {
  private static final int SIZE = 300;
  private static final int STEP = 100;

  private final TestOperations make = new TestOperations(7);
  private final RunningDigests digests = new RunningDigests();

  /** A payload that comes in three fragments. */
  private final class Coming {
    private final byte[] bytes = make.bytes(SIZE);
    private final Payload payload = Payload.of(bytes);
    private final Operation.PayloadCarrying operation =
        ((Operation.PayloadCarrying) make.insert(0, bytes))
            .withPayload(Payload.reference(SIZE, payload.digest()));
    private @Nullable StagedPayload row;

    void fragment(int number, long now) {
      int from = number * STEP;
      StagedPayload before = row;
      ReceivedRanges received =
          before == null ? ReceivedRanges.NONE : new ReceivedRanges(before.received());
      ByteRange range = new ByteRange(from, from + STEP);
      StagedPayload after = new StagedPayload(operation, received.plus(range).ranges(), now);
      row = after;
      digests.arrived(
          TestOperations.DOCUMENT,
          new Arrival(before, after),
          new DecodedChunk.Content(
              operation,
              new Fragment(operation.id(), from, STEP, SIZE),
              ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + STEP)).asReadOnlyBuffer()));
    }

    @Nullable VerifiedPayload take() {
      return digests.take(TestOperations.DOCUMENT, operation.id(), SIZE);
    }

    void requireKnown(long touchedAt) {
      assertThat(take())
          .isEqualTo(new VerifiedPayload(operation.id(), touchedAt, payload.digest()));
      assertThat(take()).as("taken once").isNull();
    }
  }

  @Test
  void fragmentsInOrderAreKnown() {
    Coming coming = new Coming();
    coming.fragment(0, 1);
    coming.fragment(1, 2);
    assertThat(coming.take()).as("not whole, and forgotten").isNull();
    Coming whole = new Coming();
    whole.fragment(0, 1);
    whole.fragment(1, 2);
    whole.fragment(2, 3);
    whole.requireKnown(3);
  }

  @Test
  void anotherOrderIsForgotten() {
    Coming coming = new Coming();
    coming.fragment(1, 1);
    coming.fragment(0, 2);
    coming.fragment(2, 3);
    assertThat(coming.take()).isNull();
  }

  /** As after a commit whose answer was lost: the second run finds the row of the first. */
  @Test
  void aFragmentThatIsStagedAgainIsForgotten() {
    for (int again = 0; again < 3; again++) {
      Coming coming = new Coming();
      for (int number = 0; number < 3; number++) {
        coming.fragment(number, 1);
        if (number == again) {
          coming.fragment(number, 1);
        }
      }
      assertThat(coming.take()).as("fragment %d", again).isNull();
    }
  }

  @Test
  void aRowThatSomebodyElseTouchedIsForgotten() {
    Coming coming = new Coming();
    coming.fragment(0, 1);
    StagedPayload left = coming.row;
    assertThat(left).isNotNull();
    coming.row = new StagedPayload(left.operation(), left.received(), 2);
    coming.fragment(1, 3);
    coming.fragment(2, 4);
    assertThat(coming.take()).isNull();
  }

  @Test
  void ofManyPayloadsThoseThatWaitedLongestAreForgotten() {
    List<Coming> many = new ArrayList<>();
    for (int i = 0; i <= RunningDigests.MOST; i++) {
      Coming coming = new Coming();
      coming.fragment(0, 1);
      many.add(coming);
    }
    for (Coming coming : many) {
      coming.fragment(1, 2);
      coming.fragment(2, 3);
    }
    assertThat(many.get(0).take()).isNull();
    many.subList(1, many.size()).forEach(coming -> coming.requireKnown(3));
  }
}
