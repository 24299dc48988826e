package dev.tidemark.conformance.mutant;

import dev.tidemark.spi.CommitSignal;
import java.time.Duration;

/** Tells of no commit, ever, and does not wait either. */
enum SilentSignal implements CommitSignal {
  INSTANCE;

  @Override
  public boolean await(Duration timeout) {
    return false;
  }

  @Override
  public void close() {}
}
