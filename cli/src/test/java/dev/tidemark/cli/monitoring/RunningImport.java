package dev.tidemark.cli.monitoring;

import dev.tidemark.cli.Main;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** {@code tidemark import -} in a process of its own, which lasts as long as its input is open. */
final class RunningImport implements AutoCloseable {
  private static final String TRACE = "/dev/tidemark/cli/demo/treecrdt.jsonl.gz";

  private final Process process;
  private final Path output;
  private final String uri;
  private final String metricsUrl;

  private RunningImport(Process process, Path output, String uri, String metricsUrl) {
    this.process = process;
    this.output = output;
    this.uri = uri;
    this.metricsUrl = metricsUrl;
  }

  static RunningImport start(Path directory, String uri) throws IOException {
    Path output = directory.resolve("import.json");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "import",
                "-",
                "--store",
                uri,
                "--document",
                "history",
                "--metrics-port",
                "0",
                "--json")
            .redirectOutput(output.toFile())
            .start();
    BufferedReader errors =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    // The trace comes first: nothing is shown for what does not begin as a trace.
    process.getOutputStream().write(history(200));
    process.getOutputStream().flush();
    String said = String.valueOf(errors.readLine());
    String url = said.replace("tidemark: metrics are at ", "");
    if (url.equals(said)) {
      process.destroyForcibly();
      throw new AssertionError(said);
    }
    return new RunningImport(process, output, uri, url);
  }

  /** The shipped history in two parts: up to a number of lines, or, as a negative, after it. */
  private static byte[] history(int lines) throws IOException {
    InputStream packed =
        Objects.requireNonNull(RunningImport.class.getResourceAsStream(TRACE), TRACE);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
      List<String> all = reader.lines().toList();
      List<String> part = lines > 0 ? all.subList(0, lines) : all.subList(-lines, all.size());
      return (String.join("\n", part) + "\n").getBytes(StandardCharsets.UTF_8);
    }
  }

  String metricsUrl() {
    return metricsUrl;
  }

  /** Sends the rest of the history, and leaves the input open. */
  void sendHistory() throws IOException {
    process.getOutputStream().write(history(-200));
    process.getOutputStream().flush();
  }

  /** What another process finds in the store. */
  double operationsStored() {
    return json("stats").get("documents").list().get(0).get("operations").number();
  }

  /** Runs another command on the same store, in this process. */
  JsonTree json(String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command, "--store", uri, "--json"));
    words.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int exit = Main.run(words.toArray(String[]::new), out, errors);
    if (exit != 0) {
      throw new AssertionError(errors.toString(StandardCharsets.UTF_8));
    }
    return JsonTree.parse(out.toString(StandardCharsets.UTF_8));
  }

  /** Closes the input and returns what the command tells in the end. */
  JsonTree finish() throws IOException, InterruptedException {
    process.getOutputStream().close();
    int exit = process.waitFor();
    if (exit != 0) {
      throw new AssertionError("exit code " + exit);
    }
    return JsonTree.parse(Files.readString(output));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
