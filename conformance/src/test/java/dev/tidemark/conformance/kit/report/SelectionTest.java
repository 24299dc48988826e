package dev.tidemark.conformance.kit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidemark.conformance.kit.BackendConformance;
import dev.tidemark.conformance.kit.StorageConformance;
import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.spi.BackendProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One contract can be run, and a run of none is no success. */
class SelectionTest {
  /** Run by the tests alone: the name keeps Surefire from it. */
  static final class StorageKit extends StorageConformance {
    @Override
    public BackendProvider provider() {
      return new InMemoryBackendProvider();
    }

    @Override
    public String newStore() {
      return "memory:" + UUID.randomUUID();
    }
  }

  private final List<String> ended = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();

  private void run(String contract) {
    LauncherFactory.create(
            LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(StorageKit.class))
                .configurationParameter(ReportWriter.DIRECTORY, "off")
                .configurationParameter(Selection.CONTRACT, contract)
                .build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                  ended.add(test.getDisplayName());
                }
                result.getThrowable().ifPresent(failures::add);
              }
            });
  }

  @Test
  void aContractRunsAlone() {
    run("Storage.Limit");

    assertThat(ended).containsExactly("aLimitThatLetsNothingThroughIsRefused()");
    assertThat(failures).isEmpty();
  }

  @Test
  void aTestRunsAlone() {
    run("Storage.State, Storage.Lifecycle#closingTwiceDoesNothing");

    assertThat(ended).contains("closingTwiceDoesNothing()").hasSizeBetween(2, 9);
    assertThat(ended).doesNotContain("useAfterCloseIsRefused()");
    assertThat(failures).isEmpty();
  }

  @Test
  void aClassWithoutTheContractFails() {
    run("Replay.LongHistory");

    assertThat(ended).isEmpty();
    assertThat(failures).isNotEmpty();
    assertThat(failures.get(0).getCause())
        .hasMessageContaining("StorageKit has no [Replay.LongHistory]; it has Storage.Documents, ");
  }

  @Test
  void aNameThatTheKitDoesNotHaveIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.of("Storage.Log,Replay.Logn"))
        .withMessageContaining("the kit has no Replay.Logn; it has Chunk.Apply, ");
  }

  @Test
  void allRunUnlessAskedOtherwise() {
    Selection all = Selection.of("");

    assertThat(all.isAll()).isTrue();
    assertThat(KitTest.in(BackendConformance.class)).allMatch(all::has);
  }
}
