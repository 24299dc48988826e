package dev.tidemark.sqlite.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** What another process has to say at its end, in a file. */
final class ChildReport {
  private static final Path STATUS = Path.of("/proc/self/status");

  private final Properties values = new Properties();
  private long since = System.nanoTime();

  static ChildReport readFrom(Path file) throws IOException {
    ChildReport report = new ChildReport();
    try (InputStream input = Files.newInputStream(file)) {
      report.values.load(input);
    }
    return report;
  }

  ChildReport put(String name, Object value) {
    values.setProperty(name, value.toString());
    return this;
  }

  /** Reports the time since the last report of this kind. */
  void took(String what) {
    long now = System.nanoTime();
    put(what + " millis", TimeUnit.NANOSECONDS.toMillis(now - since));
    since = now;
  }

  /** Adds the most memory that the process ever had, native memory included, where that is told. */
  void writeTo(Path file) throws IOException {
    if (Files.exists(STATUS)) {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmHWM:")) {
          put("peak KiB", line.replaceAll("\\D", ""));
        }
      }
    }
    try (OutputStream output = Files.newOutputStream(file)) {
      values.store(output, null);
    }
  }

  String text(String name) {
    return values.getProperty(name, "");
  }

  long number(String name) {
    return Long.parseLong(values.getProperty(name, "0"));
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
