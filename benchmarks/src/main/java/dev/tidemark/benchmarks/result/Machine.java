package dev.tidemark.benchmarks.result;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the figures were measured on.
 *
 * @param processor its model
 * @param processors how many of them this process may use
 * @param memory bytes of memory
 * @param system the operating system
 * @param fileSystem what the stores lie on
 * @param java the virtual machine
 * @param load how many processes wanted to run in the last minute when the scenario started; more
 *     than one says that others were busy too
 */
public record Machine(
    String processor,
    int processors,
    long memory,
    String system,
    String fileSystem,
    String java,
    double load) {
  /**
   * Describes this machine.
   *
   * @param directory where the stores lie
   * @return the description, as it is now
   */
  public static Machine describe(Path directory) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        processorModel(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        property("os.name") + " " + property("os.version") + ", " + property("os.arch"),
        fileSystem(directory),
        property("java.vm.name") + " " + property("java.vm.version"),
        system.getSystemLoadAverage());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static String processorModel() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (var lines = Files.lines(info)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown");
      } catch (IOException e) {
        return "unknown";
      }
    }
    return "unknown";
  }

  private static String fileSystem(Path directory) {
    try {
      FileStore store = Files.getFileStore(directory);
      return store.type();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
