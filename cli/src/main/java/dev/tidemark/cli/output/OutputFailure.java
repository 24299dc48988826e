package dev.tidemark.cli.output;

import java.io.IOException;

/** Results cannot be written any more. */
final class OutputFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputFailure(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** Tells whether the reader went away, as {@code head} does when it has enough. */
  boolean isReaderGone() {
    String message = String.valueOf(getMessage());
    return message.contains("Broken pipe") || message.contains("pipe is being closed");
  }
}
