package dev.tidemark.conformance.kit.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.report.Refusals;
import dev.tidemark.core.Document;
import dev.tidemark.spi.Capability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What contracts of several processes have in common. */
public abstract class ProcessContract extends EngineContract {
  /** For subclasses. */
  ProcessContract() {}

  final OtherProcesses.Running start(Document document, String... what) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(backend().provider().getClass().getName());
    arguments.add(uri());
    arguments.add(document.id().value());
    arguments.addAll(List.of(what));
    return OtherProcesses.start(arguments);
  }

  final OtherProcesses.Ended run(Document document, String... what)
      throws IOException, InterruptedException {
    return start(document, what).end();
  }

  /**
   * Where other processes cannot share a store, one that tries while this one has it open is
   * refused, and neither waits nor finds an empty store of its own.
   */
  final boolean isRefused(Document document) throws IOException, InterruptedException {
    if (backend().supports(Capability.SEVERAL_PROCESSES)) {
      return false;
    }
    assertThat(run(document, "write", "0c", "1").lines())
        .as("what another process is told")
        .containsAnyOf("refused UNSUPPORTED", "refused STORE_BUSY");
    Refusals.asserted(Capability.SEVERAL_PROCESSES);
    return true;
  }
}
