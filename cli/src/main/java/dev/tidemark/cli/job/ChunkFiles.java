package dev.tidemark.cli.job;

import dev.tidemark.api.ChunkSize;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;

/** Chunks as files. */
public final class ChunkFiles {
  private ChunkFiles() {}

  /**
   * Reads a chunk.
   *
   * @param path the file
   * @return its bytes; one more than a chunk may have, where the file is larger
   * @throws CommandFailure if it cannot be read
   */
  public static byte[] read(Path path) {
    try (InputStream input = InputFiles.open(path, "a chunk")) {
      return input.readNBytes(ChunkSize.MAX + 1);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          path + ": it cannot be read: " + InputFiles.reason(e),
          "Check the file and its medium");
    }
  }

  /**
   * Writes a chunk; the file gets its name when it is complete. A file that has these bytes already
   * stays, so that writing can go on where it was stopped.
   *
   * @param directory where to, created if there is none
   * @param number the chunk's place in its window, from 1; files sort by it
   * @param bytes the chunk
   * @return the file
   * @throws CommandFailure if it cannot be written, or is there with other bytes
   */
  public static Path write(Path directory, long number, byte[] bytes) {
    Path file = directory.resolve(String.format(Locale.ROOT, "%06d.chunk", number));
    Path partial = directory.resolve(file.getFileName() + ".partial");
    try {
      if (Files.exists(file)) {
        requireSame(file, bytes);
        return file;
      }
      Files.createDirectories(directory);
      try {
        Files.write(partial, bytes);
        return Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.STORE,
          file + " cannot be written: " + InputFiles.reason(e),
          "Check the path and the free space");
    }
  }

  private static void requireSame(Path file, byte[] bytes) throws IOException {
    if (!Files.isRegularFile(file)
        || Files.size(file) != bytes.length
        || !Arrays.equals(Files.readAllBytes(file), bytes)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          file + ": there is such a file, with something else in it",
          "Name a new directory");
    }
  }
}
