package dev.tidemark.cli.monitoring;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Prometheus, in a process of its own, that scrapes every second. */
final class PrometheusServer implements AutoCloseable {
  private final Process process;
  private final Path directory;
  private final int port;

  private PrometheusServer(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  static PrometheusServer start(Path directory, Path rules) throws IOException {
    int port = freePort();
    Path config =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global:
              scrape_interval: 1s
              evaluation_interval: 1s
            rule_files:
              - "%s"
            scrape_configs:
              - job_name: tidemark
                file_sd_configs:
                  - files: ["%s"]
            """
                .formatted(rules.toAbsolutePath(), directory.resolve("targets.json")));
    Path log = directory.resolve("prometheus.log");
    Process process =
        command(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, directory, port);
    Awaits.until(
        "Prometheus, see " + log,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(log));
          }
          return server.api().isReady();
        });
    return server;
  }

  /** Replaces what is scraped, by the name that it gets as its instance. */
  void scrape(Map<String, String> urlsByName) throws IOException {
    StringBuilder json = new StringBuilder("[");
    urlsByName.forEach(
        (name, url) -> {
          String address = url.replaceAll("http://|/metrics", "");
          json.append(json.length() > 1 ? "," : "")
              .append("{\"targets\":[\"%s\"],".formatted(address))
              .append("\"labels\":{\"instance\":\"%s\"}}".formatted(name));
        });
    Path next = Files.writeString(directory.resolve("next.tmp"), json.append("]"));
    Files.move(next, directory.resolve("targets.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  PrometheusApi api() {
    return new PrometheusApi("http://127.0.0.1:" + port);
  }

  /** Runs promtool and returns what it says. */
  static String promtool(Path directory, String... arguments)
      throws IOException, InterruptedException {
    return promtool(directory, ProcessBuilder.Redirect.PIPE, arguments);
  }

  /** Runs promtool with an input and returns what it says. */
  static String promtool(Path directory, ProcessBuilder.Redirect input, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("promtool"));
    words.addAll(List.of(arguments));
    File output = directory.resolve("promtool.txt").toFile();
    Process promtool =
        command(words.toArray(String[]::new))
            .directory(directory.toFile())
            .redirectInput(input)
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    int exit = promtool.waitFor();
    String said = Files.readString(output.toPath());
    if (exit != 0) {
      throw new AssertionError(said);
    }
    return said;
  }

  /** A missing program fails the check: it never counts as passed. */
  private static ProcessBuilder command(String... words) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, words[0]))) {
        return new ProcessBuilder(words);
      }
    }
    throw new AssertionError(
        words[0] + " is missing: install it, on Debian with apt-get install prometheus");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
