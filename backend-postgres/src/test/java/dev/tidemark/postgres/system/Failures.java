package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How calls have to fail. */
final class Failures {
  private Failures() {}

  /** One line with what to do about it, and nothing secret. */
  static TidemarkException assertFails(ErrorCode code, ThrowingCallable call) {
    TidemarkException failure = catchThrowableOfType(TidemarkException.class, call);
    assertThat(failure).as("a failure with %s", code).isNotNull();
    System.out.println(failure.getMessage());
    assertThat(failure.code()).as("%s", failure.getMessage()).isEqualTo(code);
    assertThat(failure.isRetryable()).isEqualTo(code.isRetryable());
    assertThat(failure.getMessage()).doesNotContain("\n", "PSQLException", "secret", "password=");
    assertThat(failure.detail(Detail.REMEDY)).as("%s", failure.getMessage()).isPresent();
    return failure;
  }
}
