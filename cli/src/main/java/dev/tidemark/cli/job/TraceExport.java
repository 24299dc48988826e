package dev.tidemark.cli.job;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Position;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.cli.trace.TraceWriter;
import dev.tidemark.core.Document;
import dev.tidemark.core.DocumentStatus;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/** Writes the log of a document as a trace: a version becomes a transaction. */
public final class TraceExport {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Document document;
  private final DocumentStatus status;

  /**
   * Prepares an export of what the log holds now.
   *
   * @param document the document
   */
  public TraceExport(Document document) {
    this.document = document;
    this.status = document.status();
  }

  /**
   * Writes the trace to a stream.
   *
   * @param output where to; closed at the end
   * @param progress told of the operations that were written
   * @throws IOException if the output fails
   */
  public void writeTo(OutputStream output, Progress progress) throws IOException {
    long[] written = {0};
    try (TraceWriter writer =
        new TraceWriter(
            output, document.id().value(), status.operations(), document::openPayload)) {
      document.readLog(
          Position.START,
          status.version(),
          logged -> {
            write(writer, logged);
            progress.stepTo(++written[0]);
            return true;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(TraceWriter writer, LoggedOperation logged) {
    try {
      writer.write(logged.position().version() - 1, logged.operation());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the trace to a file, which gets its name when it is complete.
   *
   * @param file the file; compressed if its name ends in .gz
   * @param progress told of the operations that were written
   * @throws IOException if the file cannot be written; there is none then
   */
  public void writeFile(Path file, Progress progress) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    boolean isCompressed = file.toString().endsWith(".gz");
    try {
      try (OutputStream raw =
              new BufferedOutputStream(Files.newOutputStream(partial), BUFFER_BYTES);
          OutputStream output = isCompressed ? new GZIPOutputStream(raw, BUFFER_BYTES) : raw) {
        writeTo(output, progress);
      }
      Files.move(
          partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Returns how many operations the trace has.
   *
   * @return the number
   */
  public long operations() {
    return status.operations();
  }

  /**
   * Returns how many transactions the trace has.
   *
   * @return the number
   */
  public long transactions() {
    return status.version();
  }
}
