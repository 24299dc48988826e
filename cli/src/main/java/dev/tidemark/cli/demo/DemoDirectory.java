package dev.tidemark.cli.demo;

import dev.tidemark.cli.job.InputFiles;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the demonstration keeps its stores: a directory of the user's, or one that goes away. */
public final class DemoDirectory implements AutoCloseable {
  private final Path path;
  private final @Nullable Thread remover;

  private DemoDirectory(Path path, boolean isKept) {
    this.path = path;
    // Also when the demonstration is interrupted.
    this.remover = isKept ? null : new Thread(this::remove, "tidemark-demo-cleanup");
    if (remover != null) {
      Runtime.getRuntime().addShutdownHook(remover);
    }
  }

  /**
   * Makes the directory.
   *
   * @param wanted a directory that is kept, new or empty; null for a temporary one
   * @return the directory, to be closed
   */
  public static DemoDirectory open(@Nullable Path wanted) {
    try {
      if (wanted == null) {
        return new DemoDirectory(Files.createTempDirectory("tidemark-demo"), false);
      }
      Files.createDirectories(wanted);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.STORE,
          (wanted == null ? "a temporary directory" : wanted)
              + " cannot be made: "
              + InputFiles.reason(e),
          "Name another one with --directory");
    }
    String[] files = wanted.toFile().list();
    if (files == null || files.length > 0) {
      throw new CommandFailure(
          ExitCode.USAGE, wanted + ": the directory is not empty", "Name a new one");
    }
    return new DemoDirectory(wanted, true);
  }

  boolean isKept() {
    return remover == null;
  }

  Path path() {
    return path;
  }

  String storeUri(String file) {
    return "sqlite:" + path.resolve(file);
  }

  @Override
  public void close() {
    if (remover != null) {
      Runtime.getRuntime().removeShutdownHook(remover);
      remove();
    }
  }

  private void remove() {
    try (Stream<Path> files = Files.list(path)) {
      files.map(Path::toFile).forEach(File::delete);
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The system cleans its temporary directory, too.
      return;
    }
  }
}
