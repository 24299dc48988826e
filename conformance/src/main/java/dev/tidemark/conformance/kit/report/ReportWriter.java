package dev.tidemark.conformance.kit.report;

import dev.tidemark.conformance.kit.BackendConformance;
import dev.tidemark.core.Tidemark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Keeps the outcomes of a run by backend, and writes the reports when the run ends. What other runs
 * of the same classes have shown is taken in: the groups may run in a JVM each.
 */
final class ReportWriter implements AutoCloseable {
  /** The directory of the reports; {@code off} for none. */
  static final String DIRECTORY = "tidemark.conformance.report";

  private static final String DEFAULT_DIRECTORY = "target/tidemark-conformance";

  private final String directory;
  private final Map<String, Outcomes> byBackend = new ConcurrentSkipListMap<>();
  private final Map<String, Set<Class<?>>> tested = new ConcurrentHashMap<>();

  ReportWriter(String directory) {
    this.directory = directory.isEmpty() ? DEFAULT_DIRECTORY : directory;
  }

  Outcomes of(String backend) {
    return byBackend.computeIfAbsent(backend, name -> new Outcomes());
  }

  /** Notes a class whose build the outcomes are of. */
  void tested(String backend, Class<?> type) {
    tested
        .computeIfAbsent(
            backend,
            name -> {
              Set<Class<?>> classes = ConcurrentHashMap.newKeySet();
              classes.addAll(List.of(BackendConformance.class, Tidemark.class));
              return classes;
            })
        .add(type);
  }

  /** Called by JUnit after the last test of the run. */
  @Override
  public void close() {
    if (directory.equals("off")) {
      return;
    }
    byBackend.forEach(
        (backend, outcomes) -> {
          outcomes.expect(KitTest.in(BackendConformance.class));
          try {
            write(backend, outcomes);
          } catch (IOException e) {
            throw new UncheckedIOException("the conformance report cannot be written", e);
          }
        });
  }

  private void write(String backend, Outcomes outcomes) throws IOException {
    String name = backend.replaceAll("[^A-Za-z0-9.-]", "_");
    Path folder = Files.createDirectories(Path.of(directory));
    String mark = BuildMark.of(tested.getOrDefault(backend, Set.of()));
    try (FileChannel lock =
            FileChannel.open(
                folder.resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      // JVMs that end at the same time take each other's outcomes in, one after the other.
      assert held.isValid();
      Path results = folder.resolve(name + ".outcomes");
      if (Files.exists(results)) {
        outcomes.takeOver(StoredOutcomes.of(Files.readAllLines(results), mark));
      }
      Files.write(results, outcomes.toStore().lines(mark));
      ConformanceReport report = new ConformanceReport(backend, outcomes);
      System.out.println();
      System.out.println(report.text());
      Files.writeString(folder.resolve(name + ".txt"), report.text());
      Path badge = folder.resolve(name + ".badge");
      if (outcomes.isWhole()) {
        Files.writeString(badge, report.badge() + "\n");
      } else {
        Files.deleteIfExists(badge);
      }
    }
  }
}
