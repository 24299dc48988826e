package dev.tidemark.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Detail;
import dev.tidemark.spi.support.WriterTurns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.sqlite.JDBC;

/** Another process that uses a store. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts {@link Child} as the user who runs the tests. */
  static ChildProcess start(String... arguments) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), "", arguments);
  }

  /**
   * Starts {@link Child} as a user whom file permissions bind. They do not bind root, so root's
   * child becomes nobody, with copies of the classes, as those of root are out of nobody's reach.
   */
  static ChildProcess startUnprivileged(Path copies, String... arguments) throws IOException {
    if (!System.getProperty("user.name").equals("root")) {
      return start(arguments);
    }
    Path temporary = Files.createDirectories(copies.resolve("tmp"));
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
    List<String> prefix =
        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    return start(prefix, copyOfClasses(copies), "-Djava.io.tmpdir=" + temporary, arguments);
  }

  private static ChildProcess start(
      List<String> prefix, String classPath, String option, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", classPath));
    if (!option.isEmpty()) {
      command.add(option);
    }
    command.add(Child.class.getName());
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new ChildProcess(process);
  }

  private static String copyOfClasses(Path copies) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Class<?> each :
        List.of(
            Child.class,
            SqliteBackendProvider.class,
            WriterTurns.class,
            Detail.class,
            JDBC.class,
            Assertions.class)) {
      Path copy = copies.resolve("classes" + all.size());
      copy(location(each), copy);
      all.add(copy);
    }
    return all.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      return;
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(path).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            String rest = from.relativize(path).toString();
            Files.copy(path, rest.isEmpty() ? to : to.resolve(rest));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Waits for the next line of what it says. */
  String line() {
    try {
      return String.valueOf(output.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets it go on. */
  void tell() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Ends it without a chance to clear up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits until it has ended by itself. */
  void awaitEnd() throws InterruptedException {
    assertThat(process.waitFor()).isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
