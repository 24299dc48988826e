package dev.tidemark.spi.support;

import dev.tidemark.api.TidemarkException;
import java.nio.BufferUnderflowException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stored bytes cannot be what they stand for. A backend reports it as damage of the store. */
public final class DamagedBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param problem what is wrong
   * @param cause what the bytes failed; null if nothing did
   */
  public DamagedBytesException(String problem, @Nullable Throwable cause) {
    super(problem, cause);
  }

  static DamagedBytesException of(String problem) {
    return new DamagedBytesException(problem, null);
  }

  /** Decodes something. Whatever the values of the API refuse, no operation can have had. */
  static <T> T guard(String what, Supplier<T> decoding) {
    try {
      return decoding.get();
    } catch (BufferUnderflowException e) {
      throw new DamagedBytesException(what + ": too few bytes", e);
    } catch (TidemarkException e) {
      throw new DamagedBytesException(what + ": " + e.getMessage(), e);
    }
  }
}
