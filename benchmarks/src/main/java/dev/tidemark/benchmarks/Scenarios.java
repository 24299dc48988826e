package dev.tidemark.benchmarks;

import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.scenario.AppendScenario;
import dev.tidemark.benchmarks.scenario.BulkApplyScenario;
import dev.tidemark.benchmarks.scenario.DrainScenario;
import dev.tidemark.benchmarks.scenario.FolderMoveScenario;
import dev.tidemark.benchmarks.scenario.LargePayloadScenario;
import dev.tidemark.benchmarks.scenario.LateScenario;
import dev.tidemark.benchmarks.scenario.LocalScenario;
import dev.tidemark.benchmarks.scenario.MemoryScenario;
import dev.tidemark.benchmarks.scenario.MicroScenario;
import dev.tidemark.benchmarks.scenario.OfflineScenario;
import dev.tidemark.benchmarks.scenario.PositionalScenario;
import dev.tidemark.benchmarks.scenario.PostgresScenario;
import dev.tidemark.benchmarks.scenario.ReadersScenario;
import dev.tidemark.benchmarks.scenario.StoreSizeScenario;
import dev.tidemark.benchmarks.scenario.WireSizeScenario;
import java.util.List;

/** All scenarios. */
final class Scenarios {
  private Scenarios() {}

  static List<Scenario> all() {
    return List.of(
        new DrainScenario(),
        new PositionalScenario(),
        new LargePayloadScenario(),
        new AppendScenario(),
        new LocalScenario(),
        new LateScenario(),
        new FolderMoveScenario(),
        new OfflineScenario(),
        new BulkApplyScenario(),
        new StoreSizeScenario(),
        new WireSizeScenario(),
        new MemoryScenario(),
        new ReadersScenario(),
        new MicroScenario(),
        new PostgresScenario());
  }
}
