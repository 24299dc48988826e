package dev.tidemark.cli.trace;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a trace.
 *
 * @param format how the lines below are to be read
 * @param source where the history comes from; null where the header does not say
 * @param count the number of operations; null where the header does not say
 */
public record TraceHeader(TraceFormat format, @Nullable String source, @Nullable Long count) {
  /**
   * Returns the announced number of operations.
   *
   * @return the number, if the header has it
   */
  public Optional<Long> operations() {
    return Optional.ofNullable(count);
  }
}
