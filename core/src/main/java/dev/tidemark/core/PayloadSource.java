package dev.tidemark.core;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a payload, read piece by piece and never held whole. It may be opened more than
 * once, because a transaction may have to be tried again; each time it gives the same bytes. The
 * store is locked for other writers of the document while it is read, so a slow source is best
 * spooled to a file first.
 */
@FunctionalInterface
public interface PayloadSource {
  /**
   * Opens the content from its first byte.
   *
   * @return a stream, closed by the caller
   * @throws IOException if it cannot be opened; the write fails then, and nothing is written
   */
  InputStream open() throws IOException;
}
