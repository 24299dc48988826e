package dev.tidemark.sqlite.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program of these tests that runs in a virtual machine of its own, and talks in lines. */
final class OtherJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  OtherJvm(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static OtherJvm start(Class<?> program, String... arguments) throws IOException {
    ProcessBuilder builder = command("128m", program, arguments);
    // These programs end before a better compiler pays off.
    builder.command().addAll(1, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    return new OtherJvm(builder.start());
  }

  static ProcessBuilder command(String heap, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** Waits for the next line of what it says; empty once it has ended. */
  Optional<String> line() throws IOException {
    return Optional.ofNullable(output.readLine());
  }

  List<String> allLines() throws IOException {
    return output.lines().toList();
  }

  /** Ends it without a chance to clear up. Returns whether it was still there to be killed. */
  boolean kill() throws InterruptedException {
    // By its handle: the process itself would close the streams, with the last lines in them.
    process.toHandle().destroyForcibly();
    return process.waitFor() != 0;
  }

  void awaitSuccess() throws InterruptedException {
    assertThat(process.waitFor()).as("how the other process ended").isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
