package dev.tidemark.conformance.kit.running;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts {@link OtherProcess} with the classes of this one. */
final class OtherProcesses {
  private OtherProcesses() {}

  /** A process that is under way. */
  record Running(Process process) {
    /** How it ended, and what it said; the rest of its output is passed on. */
    Ended end() throws IOException, InterruptedException {
      List<String> lines = new ArrayList<>();
      try (BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          lines.add(line);
        }
      }
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("another process did not end: " + lines);
      }
      return new Ended(process.exitValue(), lines);
    }
  }

  /** A process that has ended. */
  record Ended(int status, List<String> lines) {}

  static Running start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.add(OtherProcess.class.getName());
    command.addAll(arguments);
    return new Running(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Modules work from the class path as well: the provider is named by its class. */
  private static String classPath() {
    String classes = System.getProperty("java.class.path", "");
    String modules = System.getProperty("jdk.module.path", "");
    return modules.isEmpty() ? classes : classes + File.pathSeparator + modules;
  }
}
