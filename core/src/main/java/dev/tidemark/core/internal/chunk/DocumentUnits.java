package dev.tidemark.core.internal.chunk;

import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.function.Function;

/** Runs units of work on one document: each in a transaction of its own. */
public interface DocumentUnits {
  /**
   * Runs a unit that writes, again where a retry can help, and commits it.
   *
   * @param work what to do; it may be run several times
   * @param <T> what it returns
   * @return the result of the run that was committed
   */
  <T> T write(Function<WriteTransaction, T> work);

  /**
   * Runs a unit that reads, again where a retry can help.
   *
   * @param work what to do; it may be run several times
   * @param <T> what it returns
   * @return the result
   */
  <T> T read(Function<ReadTransaction, T> work);
}
