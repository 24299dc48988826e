package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.LAST;
import static dev.tidemark.conformance.kit.Samples.OTHER;
import static dev.tidemark.conformance.kit.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.Limits;
import dev.tidemark.api.Position;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.spi.DocumentState;
import org.junit.jupiter.api.Test;

/** The one row that every append updates. */
public abstract class StateContract extends StorageContract {
  /** For subclasses. */
  protected StateContract() {}

  @Test
  @Rule("B4")
  void theStateOfAnUnknownDocumentIsEmpty() {
    assertThat(now().state()).isEqualTo(DocumentState.EMPTY);
  }

  @Test
  @Rule("B4")
  void aStateComesBackAsItWas() {
    CanonicalKey largest = key(Limits.MAX_COUNT, LAST, Limits.MAX_COUNT);
    DocumentState full =
        new DocumentState(
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE,
            largest,
            key(2),
            new Position(Long.MAX_VALUE - 1, Integer.MAX_VALUE),
            7,
            key(1));
    write(transaction -> transaction.putState(full));
    assertThat(now().state()).isEqualTo(full);

    DocumentState withoutKeys = new DocumentState(3, 4, largest, null, new Position(3, 0), 0, null);
    write(transaction -> transaction.putState(withoutKeys));
    assertThat(now().state()).isEqualTo(withoutKeys);
  }

  @Test
  @Rule("B8")
  void eachDocumentHasItsOwnState() {
    DocumentState state = new DocumentState(3, 4, key(1), null, Position.START, 0, null);
    write(transaction -> transaction.putState(state));

    assertThat(now(OTHER).state()).isEqualTo(DocumentState.EMPTY);
  }
}
