package dev.tidemark.benchmarks;

import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.scenario.*;
import java.util.List;

/** All scenarios. */
final class Scenarios {
  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(new DrainScenario(), new AppendScenario(), new BulkApplyScenario(), new LocalScenario(), new LateScenario(), new FolderMoveScenario(), new OfflineScenario(), new StoreSizeScenario(), new WireSizeScenario(), new MemoryScenario(), new ReadersScenario(), new PositionalScenario(), new LargePayloadScenario());
  }
}
