package dev.tidemark.core.internal.verify;

import dev.tidemark.api.Position;
import dev.tidemark.core.VerificationReport.Part;

/**
 * Finds operations that are missing between others of the log: the engine gives out versions one
 * after the other, and the sequences of each from 0 on.
 */
final class LogGaps {
  private final Differences differences;
  private long version;
  private int sequence;

  LogGaps(Differences differences) {
    this.differences = differences;
  }

  /** Takes the position of the next operation. */
  void add(Position position) {
    boolean isSameVersion = position.version() == version;
    Position expected =
        isSameVersion
            ? new Position(version, sequence)
            : new Position(Math.min(version + 1, position.version()), 0);
    if (!position.equals(expected)) {
      differences.compare(
          Part.LOG, null, "an operation at " + expected, "nothing before " + position);
    }
    version = position.version();
    sequence = position.sequence() + 1;
  }

  /** The last version, or 0 without any operation. */
  long lastVersion() {
    return version;
  }
}
