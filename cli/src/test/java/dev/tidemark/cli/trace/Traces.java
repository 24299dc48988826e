package dev.tidemark.cli.trace;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Small traces for tests. */
public final class Traces {
  static final String A = "a".repeat(32);
  static final String B = "b".repeat(32);
  static final String ROOT = "0".repeat(32);
  static final String SEED = "257cc5642cb1a054f08cc83f2d943e56fd3ebe99";

  private Traces() {}

  static String node(int digit) {
    return Integer.toString(digit).repeat(32);
  }

  /** The worked example of the format's description. */
  public static String workedExample() {
    return String.join(
        "\n",
        "{\"format\":\"tree-trace/1\",\"source\":\"example\",\"commits\":3,\"ops\":6,\"replicas\":2}",
        line(0, A, 1, 1, "insert", 1, "\"p\":\"" + ROOT + "\",\"o\":\"737263\""),
        line(
            0,
            A,
            2,
            2,
            "insert",
            2,
            "\"p\":\"" + node(1) + "\",\"o\":\"612e747874\"," + generated(70)),
        line(1, A, 3, 3, "delete", 2, "\"known\":[[\"" + A + "\",2,2]]"),
        line(1, A, 4, 4, "delete", 1, "\"known\":[[\"" + A + "\",1,2]]"),
        line(
            2,
            B,
            1,
            3,
            "insert",
            3,
            "\"p\":\"" + node(1) + "\",\"o\":\"622e747874\"," + generated(0)),
        line(2, B, 2, 4, "move", 1, "\"p\":\"" + ROOT + "\",\"o\":\"6c6962\""),
        "");
  }

  static String generated(int size) {
    return "\"b\":{\"seed\":\"" + SEED + "\",\"size\":" + size + "}";
  }

  static String line(
      int transaction,
      String replica,
      int counter,
      int lamport,
      String kind,
      int node,
      String rest) {
    return "{\"tx\":%d,\"r\":\"%s\",\"c\":%d,\"l\":%d,\"k\":\"%s\",\"n\":\"%s\",%s}"
        .formatted(transaction, replica, counter, lamport, kind, node(node), rest);
  }

  /** Writes the first operations of the shipped trace, and the rest of the last transaction. */
  public static Path beginningOfShippedTrace(Path directory, int operations) throws IOException {
    Path file = directory.resolve("beginning.jsonl");
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(
                        Traces.class.getResourceAsStream(
                            "/dev/tidemark/cli/demo/treecrdt.jsonl.gz")),
                    StandardCharsets.UTF_8));
        BufferedWriter trace = Files.newBufferedWriter(file)) {
      lines.readLine();
      trace.write("{\"format\":\"tree-trace/1\"}\n");
      String transaction = "";
      for (int number = 1; ; number++) {
        String line = lines.readLine();
        if (line == null || (number > operations && !line.startsWith(transaction))) {
          return file;
        }
        transaction = line.substring(0, line.indexOf(',') + 1);
        trace.write(line + "\n");
      }
    }
  }

  static List<TraceTransaction> readAll(byte[] trace) {
    List<TraceTransaction> transactions = new ArrayList<>();
    try (TraceReader reader = TraceReader.open("test", new ByteArrayInputStream(trace))) {
      reader.forEachRemaining(transactions::add);
    }
    return transactions;
  }

  static List<TraceTransaction> readAll(String trace) {
    return readAll(trace.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(String trace) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(trace.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
