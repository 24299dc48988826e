package dev.tidemark.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.api.Detail;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The field {@code b} in the second format, which carries bytes. */
class PayloadFieldTest {
  @Test
  void readsEveryForm() {
    assertThat(read("payload", "{\"size\":2,\"base64\":\"aGk=\"}")).isEqualTo(Payload.of("hi"));
    assertThat(read("payload", "{\"base64\":\"aGk=\",\"size\":2}")).isEqualTo(Payload.of("hi"));
    assertThat(read("payload", "{\"base64\":\"aGk=\"}")).isEqualTo(Payload.of("hi"));
    assertThat(read("payload", "{\"base64\":\"\"}")).isEqualTo(Payload.of(""));
    assertThat(read("payload", "{\"seed\":\"ab\",\"size\":0}")).isEqualTo(Payload.of(""));
    assertThat(read("payload", "null")).isNull();
  }

  @Test
  void takesPayloadsBeyondTheReadersBuffers() {
    String base64 = "A".repeat(4 * 100_000);
    assertThat(read("payload", "{\"base64\":\"" + base64 + "\"}"))
        .isEqualTo(Payload.of(new byte[300_000]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"size\":3,\"base64\":\"aGk=\"}; field b.size is 3, but b.base64 has 2 bytes",
        "{\"size\":1,\"base64\":\"aGk=\"}; field b.size is 1, but b.base64 has 2 bytes",
        "{\"base64\":\"a!k=\"}; field b.base64 is not Base64",
        "{\"base64\":17}; field b.base64 must be a string",
        "{\"seed\":\"ab\",\"base64\":\"aGk=\",\"size\":2}; needs either a seed or base64",
        "{\"size\":2147483647,\"seed\":\"ab\"}; field b.size is 2147483647",
        "[]; field b must be an object"
      })
  void refusesTheRest(String field, String problem) {
    MalformedTrace refusal =
        catchThrowableOfType(MalformedTrace.class, () -> read("payload", field));
    assertThat(refusal.detail(Detail.PROBLEM).orElseThrow().toString()).contains(problem);
  }

  @Test
  void anInsertWithoutPayloadLeavesTheFieldOut() {
    MalformedTrace refusal =
        catchThrowableOfType(
            MalformedTrace.class,
            () -> read("insert", "null,\"p\":\"" + Traces.ROOT + "\",\"o\":\"\""));
    assertThat(refusal.detail(Detail.PROBLEM).orElseThrow().toString()).contains("leave it out");
  }

  private static @Nullable Payload read(String kind, String field) {
    String line = Traces.line(0, "07", 9, 4, kind, 1, "\"b\":" + field);
    List<TraceTransaction> all = Traces.readAll("{\"format\":\"tree-trace/2\"}\n" + line);
    return ((Operation.PayloadCarrying) all.get(0).operations().get(0)).payload();
  }
}
