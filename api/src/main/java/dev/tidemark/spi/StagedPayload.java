package dev.tidemark.spi;

import dev.tidemark.api.Operation;
import java.util.List;

/**
 * An operation whose payload is not yet complete: it waits outside of the log.
 *
 * @param operation the operation; its payload is a reference with the announced size and digest
 * @param received the ranges of the payload that are stored, ascending, apart from each other
 * @param touchedAt when a fragment last came, in milliseconds since 1970-01-01 UTC
 */
public record StagedPayload(
    Operation.PayloadCarrying operation, List<ByteRange> received, long touchedAt) {
  /** Copies the list. */
  public StagedPayload {
    received = List.copyOf(received);
  }

  /**
   * A range of bytes.
   *
   * @param from the first byte
   * @param to the first byte behind it
   */
  public record ByteRange(long from, long to) {}
}
