package dev.tidemark.benchmarks.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tidemark.benchmarks.result.ScenarioResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Results as JSON: one list with an entry for each scenario. */
public final class ResultsFile {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ResultsFile() {}

  /**
   * Reads results.
   *
   * @param file the file, which need not exist
   * @return what is in it
   * @throws IOException if it cannot be read
   */
  public static List<ScenarioResult> read(Path file) throws IOException {
    return Files.exists(file)
        ? MAPPER.readValue(file.toFile(), new TypeReference<List<ScenarioResult>>() {})
        : List.of();
  }

  /**
   * Adds a result, in place of an earlier one of the same scenario.
   *
   * @param file the file, which need not exist
   * @param result the result
   * @throws IOException if it cannot be read or written
   */
  public static void merge(Path file, ScenarioResult result) throws IOException {
    List<ScenarioResult> results = new ArrayList<>(read(file));
    int place = 0;
    while (place < results.size() && !results.get(place).name().equals(result.name())) {
      place++;
    }
    if (place < results.size()) {
      results.set(place, result);
    } else {
      results.add(result);
    }
    Files.writeString(file, MAPPER.writeValueAsString(results) + "\n");
  }
}
