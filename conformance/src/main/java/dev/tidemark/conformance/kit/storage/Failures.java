package dev.tidemark.conformance.kit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that calls are refused in the agreed way. */
final class Failures {
  private Failures() {}

  /**
   * Makes a call that must be refused.
   *
   * @param code how
   * @param call what is called, for the message: {@code readPayload(id, 0, 0)}
   * @param work makes the call
   */
  static void assertRefused(ErrorCode code, String call, ThrowingCallable work) {
    Throwable refusal = catchThrowable(work);
    if (refusal == null) {
      fail("%s was accepted; it must be refused with %s", call, code);
    }
    assertThat(refusal)
        .as("%s must be refused with %s", call, code)
        .isInstanceOf(TidemarkException.class)
        .extracting(thrown -> ((TidemarkException) thrown).code())
        .isEqualTo(code);
  }
}
