package dev.tidemark.conformance.kit.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps the outcomes of a run by backend, and writes the reports when the run ends. */
final class ReportWriter implements AutoCloseable {
  /** The directory of the reports; {@code off} for none. */
  static final String DIRECTORY = "tidemark.conformance.report";

  private static final String DEFAULT_DIRECTORY = "target/tidemark-conformance";

  private final String directory;
  private final Map<String, Outcomes> byBackend = new ConcurrentSkipListMap<>();

  ReportWriter(String directory) {
    this.directory = directory.isEmpty() ? DEFAULT_DIRECTORY : directory;
  }

  Outcomes of(String backend) {
    return byBackend.computeIfAbsent(backend, name -> new Outcomes());
  }

  /** Called by JUnit after the last test of the run. */
  @Override
  public void close() {
    if (directory.equals("off")) {
      return;
    }
    byBackend.forEach(
        (backend, outcomes) -> write(backend, new ConformanceReport(backend, outcomes)));
  }

  private void write(String backend, ConformanceReport report) {
    System.out.println();
    System.out.println(report.text());
    String name = backend.replaceAll("[^A-Za-z0-9.-]", "_");
    try {
      Path folder = Files.createDirectories(Path.of(directory));
      Files.writeString(folder.resolve(name + ".txt"), report.text());
      Files.writeString(folder.resolve(name + ".badge"), report.badge() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("the conformance report cannot be written", e);
    }
  }
}
