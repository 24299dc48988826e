package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;

/** Refusals of cursors that were made for another document or log. */
final class Mismatch {
  private Mismatch() {}

  static TidemarkException of(String what, Object expected, Object actual) {
    return TidemarkException.of(ErrorCode.TOKEN_MISMATCH)
        .with(Detail.ARGUMENT, what)
        .with(Detail.EXPECTED, expected)
        .with(Detail.ACTUAL, actual)
        .build();
  }
}
