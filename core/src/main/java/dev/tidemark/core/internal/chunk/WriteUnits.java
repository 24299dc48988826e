package dev.tidemark.core.internal.chunk;

import dev.tidemark.spi.WriteTransaction;
import java.util.function.Function;

/** Runs units of work on one document: each in a write transaction that is committed behind it. */
public interface WriteUnits {
  /**
   * Runs a unit, again where a retry can help.
   *
   * @param work what to do; it may be run several times
   * @param <T> what it returns
   * @return the result of the run that was committed
   */
  <T> T write(Function<WriteTransaction, T> work);
}
