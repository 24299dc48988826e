package dev.tidemark.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program in a process of its own, which can be stopped like one. */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private OtherProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ProcessBuilder builder(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    // As the manifest of the runnable jar has it: newer JDKs warn about SQLite's native code
    // otherwise.
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /** Starts the program, with errors and results in one stream. */
  static OtherProcess start(String... arguments) throws IOException {
    return new OtherProcess(builder(List.of(arguments)).redirectErrorStream(true).start());
  }

  /** Waits for the next line of what it says. */
  String line() throws IOException {
    return String.valueOf(output.readLine());
  }

  List<String> otherLines() {
    return output.lines().toList();
  }

  /** Stops it as Ctrl-C and kill do, and returns what it ends with. */
  int stop() throws InterruptedException {
    // By its handle: the process itself would close the streams, with the last lines in them.
    process.toHandle().destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
