package dev.tidemark.conformance.kit.storage;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that calls are refused in the agreed way. */
final class Failures {
  private Failures() {}

  static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(TidemarkException.class)
        .isThrownBy(call)
        .extracting(TidemarkException::code)
        .isEqualTo(code);
  }
}
