package dev.tidemark.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class TransactionStateTest {
  private boolean isStoreClosed;
  private final TransactionState state =
      new TransactionState(
          () -> {
            if (isStoreClosed) {
              throw TidemarkException.of(ErrorCode.READ_ONLY).build();
            }
          },
          TidemarkException::of);

  private ErrorCode code(Consumer<TransactionState> call) {
    return catchThrowableOfType(TidemarkException.class, () -> call.accept(state)).code();
  }

  @Test
  void anOpenOneGoesOn() {
    state.ensureOpen();
    state.ensurePositive(1);
    state.ensureCommittable();
  }

  @Test
  void aLimitThatLetsNothingThroughIsRefused() {
    assertThat(code(each -> each.ensurePositive(0))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(code(each -> each.ensurePositive(-1))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void anEndedOneRefusesEverything() {
    assertThat(state.end()).isTrue();
    assertThat(state.end()).isFalse();
    assertThat(code(TransactionState::ensureOpen)).isEqualTo(ErrorCode.CLOSED);
    assertThat(code(each -> each.ensurePositive(1))).isEqualTo(ErrorCode.CLOSED);
    assertThat(code(TransactionState::ensureCommittable)).isEqualTo(ErrorCode.CLOSED);
  }

  @Test
  void theStoreIsAskedFirst() {
    isStoreClosed = true;
    state.end();
    assertThat(code(TransactionState::ensureOpen)).isEqualTo(ErrorCode.READ_ONLY);
  }

  @Test
  void whatFailedIsNotCommitted() {
    TidemarkException first = TidemarkException.of(ErrorCode.STORE_BUSY).build();
    assertThat(state.failed(first)).isSameAs(first);
    state.failed(TidemarkException.of(ErrorCode.STORAGE_FULL).build());

    assertThat(code(TransactionState::ensureCommittable)).isEqualTo(ErrorCode.STORE_BUSY);
    state.ensureOpen();
  }
}
