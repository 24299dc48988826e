package dev.tidemark.cli.job;

import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens files that were named on the command line, or says in one line why not. */
public final class InputFiles {
  private InputFiles() {}

  /**
   * Opens a file for reading.
   *
   * @param path the file
   * @param what what it should be, for the message
   * @return the stream, to be closed
   * @throws CommandFailure if there is nothing to read
   */
  public static InputStream open(Path path, String what) {
    if (!Files.exists(path)) {
      throw failure(path, "there is no such file", "Check the path; it should be " + what);
    }
    if (Files.isDirectory(path)) {
      throw failure(path, "this is a directory", "Name the file in it; it should be " + what);
    }
    try {
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw failure(path, "it cannot be read: " + reason(e), "Check the file and its medium");
    }
  }

  /**
   * Says why a file operation failed; the messages of many exceptions are only the path again.
   *
   * @param failure what was thrown
   * @return a phrase
   */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileSystemException refused && refused.getReason() != null) {
      return refused.getReason();
    }
    return String.valueOf(failure.getMessage());
  }

  private static CommandFailure failure(Path path, String problem, String remedy) {
    return new CommandFailure(ExitCode.BAD_INPUT, path + ": " + problem, remedy);
  }
}
