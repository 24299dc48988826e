package dev.tidemark.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.api.Detail;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way a trace can be broken is refused with the line and the problem. */
class BrokenTraceTest {
  /**
   * The line to break, what stands there, what shall stand there instead, a part of the problem.
   */
  static Stream<Arguments> brokenLines() {
    return Stream.of(
        Arguments.of(1, "tree-trace/1", "tree-trace/9", "the format is tree-trace/9"),
        Arguments.of(
            1,
            "\"format\":\"tree-trace/1\",",
            "",
            "not a header of a trace: field format is missing"),
        Arguments.of(
            1, "\"commits\"", "\"comits\"", "not a header of a trace: field comits is unknown"),
        Arguments.of(
            1,
            "{\"format\"",
            "[\"format\"",
            "not a header of a trace: the line is not a JSON object"),
        Arguments.of(3, "{\"tx\"", "{tx", "not JSON"),
        Arguments.of(3, "\"tx\":0,", "", "field tx is missing"),
        Arguments.of(3, "\"c\":2,", "", "field c is missing"),
        Arguments.of(3, "\"l\":2,", "", "field l is missing"),
        Arguments.of(3, "\"r\":\"" + Traces.A + "\",", "", "field r is missing"),
        Arguments.of(3, "\"k\":\"insert\",", "", "field k is missing"),
        Arguments.of(3, "\"n\":\"" + Traces.node(2) + "\",", "", "field n is missing"),
        Arguments.of(3, "\"p\":\"" + Traces.node(1) + "\",", "", "field p is missing"),
        Arguments.of(3, "\"o\":\"612e747874\",", "", "field o is missing"),
        Arguments.of(4, ",\"known\":[[\"" + Traces.A + "\",2,2]]", "", "field known is missing"),
        Arguments.of(3, "\"k\"", "\"kk\"", "field kk is unknown"),
        Arguments.of(3, "\"l\":2", "\"l\":2,\"l\":2", "field l stands twice"),
        Arguments.of(3, "\"insert\"", "\"upsert\"", "field k is upsert"),
        Arguments.of(3, "\"insert\"", "\"move\"", "field b does not belong to k move"),
        Arguments.of(7, "\"move\"", "\"payload\"", "field p does not belong to k payload"),
        Arguments.of(4, "\"delete\"", "\"insert\"", "field known does not belong to k insert"),
        Arguments.of(3, Traces.A, "a".repeat(31) + "x", "field r is not hexadecimal"),
        Arguments.of(3, Traces.A, "a".repeat(30), "field r has 15 bytes, must have 16"),
        Arguments.of(3, Traces.node(2), "22", "field n has 1 bytes, must have 16"),
        Arguments.of(3, "612e747874", "612e74787", "field o is not hexadecimal"),
        Arguments.of(3, "612e747874", "61".repeat(1025), "1025 bytes"),
        Arguments.of(3, "\"c\":2", "\"c\":0", "field c is 0, must be 1..9007199254740991"),
        Arguments.of(3, "\"c\":2", "\"c\":9007199254740992", "must be 1..9007199254740991"),
        Arguments.of(3, "\"c\":2", "\"c\":99999999999999999999", "must be 1..9007199254740991"),
        Arguments.of(3, "\"l\":2", "\"l\":-1", "field l is -1, must be 1..9007199254740991"),
        Arguments.of(3, "\"l\":2", "\"l\":\"2\"", "field l must be a whole number"),
        Arguments.of(3, "\"l\":2", "\"l\":2.5", "field l must be a whole number"),
        Arguments.of(3, "\"l\":2", "\"l\":null", "field l must be a whole number"),
        Arguments.of(3, "\"c\":2", "\"c\":3", "field c is 3, must be 2, the next of its replica"),
        Arguments.of(2, "\"tx\":0", "\"tx\":1", "field tx is 1, the first is 0"),
        Arguments.of(4, "\"tx\":1", "\"tx\":2", "field tx is 2 after 0, must be 0 or 1"),
        Arguments.of(6, "\"tx\":2", "\"tx\":0", "field tx is 0 after 1, must be 1 or 2"),
        Arguments.of(6, "\"tx\":2", "\"tx\":1", "transaction 1 has two replicas"),
        Arguments.of(3, "\"size\":70", "\"size\":-1", "field b.size is -1"),
        Arguments.of(3, ",\"size\":70", "", "field b.size is missing"),
        Arguments.of(3, "\"seed\":\"" + Traces.SEED + "\",", "", "needs either a seed or base64"),
        Arguments.of(3, Traces.SEED, "seed", "field b.seed is not hexadecimal"),
        Arguments.of(3, "\"size\":70", "\"base64\":\"AA==\"", "field b.base64 is unknown"),
        Arguments.of(
            3, "{\"seed\":\"" + Traces.SEED + "\",\"size\":70}", "null", "field b must be"),
        Arguments.of(4, "[[\"" + Traces.A + "\",2,2]]", "[[2,2]]", "field known must be a string"),
        Arguments.of(4, ",2,2]", ",2,1]", "field known is 1, must be 2..9007199254740991"),
        Arguments.of(4, ",2,2]", ",2]", "field known must be a whole number"),
        Arguments.of(4, ",2,2]", ",2,2,2]", "field known must be a list of lists of three"),
        Arguments.of(3, Traces.node(2), Traces.node(1), "is its own parent"),
        Arguments.of(5, Traces.node(1), Traces.ROOT, "the root cannot be deleted"),
        Arguments.of(2, "}", "} {}", "two values stand on one line"),
        Arguments.of(2, "\"l\":1", "\"l\":\n1", "the object does not end on its line"),
        Arguments.of(4, "{", "17 {", "the line is not a JSON object"));
  }

  @ParameterizedTest(name = "line {0}: {3}")
  @MethodSource("brokenLines")
  void isRefusedWithLineAndProblem(int line, String old, String replacement, String problem) {
    String[] lines = Traces.workedExample().split("\n", -1);
    assertThat(lines[line - 1]).contains(old);
    lines[line - 1] = lines[line - 1].replace(old, replacement);

    MalformedTrace refusal = refusalOf(String.join("\n", lines));

    assertThat(refusal.detail(Detail.LINE)).contains((long) line);
    assertThat(refusal.detail(Detail.FILE)).contains("test");
    assertThat(refusal.detail(Detail.PROBLEM).orElseThrow().toString()).contains(problem);
  }

  @Test
  void aLostLineInTheMiddleIsNoticed() {
    assertThat(refusalOf(withoutLine(3)).detail(Detail.LINE)).contains(3L);
  }

  @Test
  void aLostLineAtTheEndIsNoticed() {
    assertThat(refusalOf(withoutLine(7)).detail(Detail.PROBLEM).orElseThrow())
        .isEqualTo("the trace ends after 5 operations, the header says 6");
  }

  @Test
  void anOperationMoreThanAnnouncedIsNoticed() {
    MalformedTrace refusal = refusalOf(Traces.workedExample().replace("\"ops\":6", "\"ops\":5"));
    assertThat(refusal.detail(Detail.LINE)).contains(7L);
  }

  @Test
  void anEmptyFileIsNoTrace() {
    assertThat(refusalOf("").detail(Detail.PROBLEM)).contains("the trace is empty");
  }

  @Test
  void anyCutOfTheTextIsNoticed() {
    String whole = Traces.workedExample();
    for (int length = 0; length < whole.length() - 1; length++) {
      refusalOf(whole.substring(0, length));
    }
  }

  @Test
  void anyCutOfTheCompressedFileIsNoticed() {
    byte[] whole = Traces.gzip(Traces.workedExample());
    for (int length = 0; length < whole.length; length++) {
      refusalOf(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void aDamagedCompressedFileIsRefused() {
    byte[] whole = Traces.gzip(Traces.workedExample());
    whole[whole.length - 6] ^= 1; // in the checksum
    assertThat(refusalOf(whole).detail(Detail.PROBLEM).orElseThrow().toString())
        .contains("damaged");
  }

  private static String withoutLine(int line) {
    String[] lines = Traces.workedExample().split("\n", -1);
    StringBuilder kept = new StringBuilder();
    for (int index = 0; index < lines.length; index++) {
      if (index != line - 1) {
        kept.append(lines[index]).append('\n');
      }
    }
    return kept.toString();
  }

  private static MalformedTrace refusalOf(String trace) {
    return refusalOf(trace.getBytes(StandardCharsets.UTF_8));
  }

  private static MalformedTrace refusalOf(byte[] trace) {
    MalformedTrace refusal =
        catchThrowableOfType(MalformedTrace.class, () -> Traces.readAll(trace));
    assertThat(refusal).as("%s bytes", trace.length).isNotNull();
    return refusal;
  }
}
