package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir private Path directory;

  @Test
  void endsWithTheExpectedTreeInBothStores() {
    Path stores = directory.resolve("stores");
    Map<String, Object> result =
        CliRun.of("demo", "--directory", stores, "--seed", "5", "--json").succeeded().json();
    assertThat(result).containsEntry("identical", true).containsEntry("seed", 5L);
    assertThat(result.get("treeHash")).isEqualTo(result.get("expectedTreeHash"));

    Map<?, ?> first = (Map<?, ?>) Json.get(result, "first");
    Map<?, ?> second = (Map<?, ?>) Json.get(result, "second");
    assertThat(first.get("operations")).isEqualTo(4792L).isEqualTo(second.get("operations"));
    assertThat(first.get("late")).isEqualTo(225L);
    // The point of the shuffle.
    assertThat((Long) second.get("late")).isGreaterThan(2000);
    assertThat((Long) result.get("chunks")).isGreaterThan(200);

    CliRun.of("verify", "--store", "sqlite:" + stores.resolve("second.db"), "--document", "history")
        .succeeded();
    assertThat(CliRun.of("demo", "--directory", stores).failure(2)).contains("not empty");
  }
}
