package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark schema}. */
class SchemaCommandTest {
  @TempDir private Path directory;

  @Test
  void makesTheSchemaOnce() {
    String store = Example.store(directory, "new.db");
    assertThat(schema(store).succeeded().out()).isEqualTo("The schema was created: version 1.\n");
    assertThat(schema(store).succeeded().out()).isEqualTo("The schema is up to date: version 1.\n");
    assertThat(schema(store, "--json").succeeded().json())
        .containsEntry("version", 1L)
        .containsEntry("found", 1L)
        .containsEntry("changed", false);
    assertThat(CliRun.of("stats", "--store", store).succeeded().out()).contains("document");
  }

  @Test
  void printsItsStatementsAndTouchesNothing() {
    String store = Example.store(directory, "none.db");
    String all = schema(store, "--print").succeeded().out();
    assertThat(all).contains("CREATE TABLE").endsWith(";\n");
    assertThat(schema(store, "--print", "--from", "1").succeeded().out()).isEmpty();
    Map<String, Object> json = schema(store, "--print", "--json").succeeded().json();
    assertThat(json).containsEntry("from", 0L).containsEntry("version", 1L);
    assertThat((List<?>) json.get("statements")).isNotEmpty();
    assertThat(directory.resolve("none.db")).doesNotExist();
  }

  @Test
  void backendsWithoutASchemaSaySoByName() {
    assertThat(schema("memory:").failure(4)).contains("the backend memory has no schema");
  }

  @Test
  void wrongArguments() {
    String store = Example.store(directory, "none.db");
    assertThat(schema(store, "--from", "0").failure(2)).contains("add --print");
    assertThat(schema(store, "--print", "--from", "-1").failure(2)).contains("--from is -1");
    assertThat(schema(store, "--print", "--from", "99").failure(2)).contains("99");
    assertThat(schema("redis:x").failure(2)).contains("no backend");
    assertThat(schema(Example.store(directory, "no/such/directory.db")).failure(4))
        .contains("directory");
  }

  private static CliRun schema(String store, String... more) {
    List<Object> words = new ArrayList<>(List.of("schema", "--store", store));
    words.addAll(List.of(more));
    return CliRun.of(words.toArray());
  }
}
