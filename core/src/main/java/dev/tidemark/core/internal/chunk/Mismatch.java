package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LogMark;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.TidemarkException;
import org.jspecify.annotations.Nullable;

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

  /** The log has another operation before a cursor than the one that was read there. */
  static TidemarkException ofLog(LogMark mark, @Nullable LoggedOperation logged) {
    return TidemarkException.of(ErrorCode.TOKEN_MISMATCH)
        .with(Detail.ARGUMENT, "log")
        .with(Detail.EXPECTED, mark)
        .with(Detail.ACTUAL, logged == null ? "nothing there" : LogMark.of(logged))
        .with(Detail.PROBLEM, "the log went another way, as after a backup was restored")
        .with(Detail.REMEDY, "pull all of it once more, under another name of the peer")
        .build();
  }
}
