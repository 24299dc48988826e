package dev.tidemark.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GeneratedPayloadTest {
  @Test
  void givesTheBytesOfTheDescription() {
    assertThat(new String(GeneratedPayload.of(Traces.SEED, 70), StandardCharsets.US_ASCII))
        .isEqualTo("8858ee2e5d70ac43dc7c696caace294dbd85417ea017f8a300e75b4f3eda705c95d260");
  }

  @Test
  void aShorterPayloadIsABeginningOfALongerOne() {
    byte[] longer = GeneratedPayload.of(Traces.SEED, 200);
    for (int size : new int[] {0, 1, 63, 64, 65, 127, 128, 129}) {
      assertThat(GeneratedPayload.of(Traces.SEED, size)).isEqualTo(Arrays.copyOf(longer, size));
    }
  }
}
