package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.Tidemark;
import dev.tidemark.postgres.testing.TestPostgres;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark watch} on PostgreSQL: commits of other processes wake it. */
class PostgresWatchTest {
  /**
   * A follower looks every five seconds at the latest, whatever it is told. So many changes, each
   * awaited before the next is made, take longer than the time-out if nothing wakes it.
   */
  private static final int CHANGES = 40;

  @TempDir private Path directory;

  @Test
  @Timeout(value = 100, unit = TimeUnit.SECONDS)
  void isWokenByCommitsOfAnotherProcess() throws Exception {
    String store = TestPostgres.newStore();
    CliRun.of("import", Example.trace(directory), "--store", store, "--document", "example")
        .succeeded();
    try (Tidemark writer = Tidemark.open(store);
        OtherProcess watch =
            OtherProcess.start(
                "watch", "--store", store, "--document", "example", "--interval", "60min")) {
      assertThat(watch.line()).contains("watching document example", "after version 3");
      LocalReplica replica = writer.document("example").replica(ReplicaId.random());
      for (int change = 1; change <= CHANGES; change++) {
        NodeId node = replica.insert(NodeId.ROOT, Placement.last(), Payload.of("four"));
        assertThat(watch.line()).matches((3 + change) + " +inserted " + node + " .* with 4 B");
      }
      assertThat(watch.stop()).as("ended by SIGTERM").isEqualTo(143);
    }
  }
}
