package dev.tidemark.benchmarks.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A virtual machine of its own, with a small heap. It answers with lines of a name and a number.
 */
public final class ChildProcess {
  private ChildProcess() {}

  /**
   * Runs a program of this class path.
   *
   * @param heapMegabytes the largest heap
   * @param program its main class
   * @param arguments its arguments
   * @return the numbers that it printed, by their names
   * @throws IOException if it failed; the message has its output
   * @throws InterruptedException if interrupted while it ran
   */
  public static Map<String, Double> run(int heapMegabytes, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(program.getSimpleName() + " ended with " + status + ": " + output);
    }
    Map<String, Double> numbers = new HashMap<>();
    output
        .lines()
        .filter(line -> line.matches("[a-z]+=[0-9.E-]+"))
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              numbers.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
            });
    return numbers;
  }
}
