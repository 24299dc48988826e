package dev.tidemark.conformance.kit.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.Operation;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.Ranks;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures that pass: every storage call of an append meets one, and the append succeeds. */
public abstract class RetryContract extends EngineContract {
  private static final List<Operation> OPERATIONS =
      History.parse("{#1 a>ROOT, #2 b>a, #3 c>b}", Ranks.LAMPORT).operations();

  private final StorageCalls calls = new StorageCalls();

  /** For subclasses. */
  protected RetryContract() {}

  @ParameterizedTest
  @EnumSource(names = {"STORE_BUSY", "TRANSACTION_CONFLICT", "CONNECTION_LOST"})
  @Rule("B6")
  void anAppendThatMeetsATransientFailureIsMadeOnce(ErrorCode code) {
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      int call = 1;
      boolean hasFailed = true;
      while (hasFailed) {
        Document document = observed.document("call " + call);
        calls.failAt(call, code);
        AppendResult result = document.append(OPERATIONS);
        hasFailed = calls.total() >= call && calls.calls("beginWrite") > 1;
        calls.reset();
        assertThat(result.version()).as("failing call %s", call).isEqualTo(1);
        assertThat(result.appended()).as("failing call %s", call).isEqualTo(3);
        assertThat(result.changes().changes()).as("failing call %s", call).hasSize(3);
        assertThat(document.status().operations()).as("failing call %s", call).isEqualTo(3);
        assertThat(document.verify(ProgressListener.NONE).isIdentical()).isTrue();
        call++;
      }
      assertThat(call).as("calls that could fail").isGreaterThan(4);
    }
  }

  @Test
  @Rule("B6")
  void aReadThatMeetsATransientFailureIsMadeAgain() {
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      Document document = observed.document("read");
      document.append(OPERATIONS);
      for (int call = 1; call <= 2; call++) {
        calls.failAt(call, ErrorCode.CONNECTION_LOST);
        assertThat(document.status().operations()).as("failing call %s", call).isEqualTo(3);
      }
    }
  }

  @Test
  @Rule("B6")
  void aFailureThatDoesNotPassIsReportedAsRetryable() {
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      Document document = observed.document("busy");
      calls.failAfterAndOn(1, ErrorCode.STORE_BUSY, ErrorCode.STORE_BUSY);
      TidemarkException failure =
          catchThrowableOfType(TidemarkException.class, () -> document.append(OPERATIONS));
      int tries = calls.total();
      calls.reset();

      assertThat(failure).as("the failure").isNotNull();
      assertThat(failure.code()).isEqualTo(ErrorCode.STORE_BUSY);
      assertThat(failure.isRetryable()).isTrue();
      assertThat(tries).as("tries").isGreaterThan(1);
      assertThat(document.status().version()).isZero();
    }
  }

  @Test
  @Rule("B6")
  void aFailureForGoodIsNotTriedAgain() {
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      Document document = observed.document("full");
      calls.failAt(2, ErrorCode.STORAGE_FULL);
      TidemarkException failure =
          catchThrowableOfType(TidemarkException.class, () -> document.append(OPERATIONS));

      assertThat(failure).as("the failure").isNotNull();
      assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_FULL);
      assertThat(calls.calls("beginWrite")).isEqualTo(1);
    }
  }
}
