package dev.tidemark.cli.trace;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Looks through gzip, which is known by its first two bytes whatever the file is called. */
final class TraceInput {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;

  private TraceInput() {}

  static InputStream decompress(InputStream raw) throws IOException {
    BufferedInputStream input = new BufferedInputStream(raw, BUFFER_BYTES);
    input.mark(2);
    boolean isGzip = input.read() == MAGIC_1 && input.read() == MAGIC_2;
    input.reset();
    return isGzip ? new GZIPInputStream(input, BUFFER_BYTES) : input;
  }
}
