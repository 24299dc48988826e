package dev.tidemark.cli;

import dev.tidemark.cli.trace.Traces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The worked example of the trace format on disk, and generated histories like it. */
final class Example {
  static final String TREE_HASH =
      "f76edee460bc5f13258a5ab543b2e08513baf85f9730d8aadf7188b904e8c729";

  private Example() {}

  static Path trace(Path directory) {
    return write(directory.resolve("example.jsonl"), Traces.workedExample());
  }

  static String store(Path directory, String name) {
    return "sqlite:" + directory.resolve(name);
  }

  /** A store with the worked example in document {@code example}. */
  static String imported(Path directory) {
    String uri = store(directory, "example.db");
    CliRun.of("import", trace(directory), "--store", uri, "--document", "example").succeeded();
    return uri;
  }

  /** A history of one author that inserts files, each of them one transaction. */
  static Path files(Path directory, int count, int payloadSize) {
    StringBuilder trace = new StringBuilder("{\"format\":\"tree-trace/1\"}\n");
    Random random = new Random(count);
    for (int number = 1; number <= count; number++) {
      trace.append(
          """
          {"tx":%d,"r":"%s","c":%d,"l":%d,"k":"insert","n":"%032x","p":"%s","o":"%08x",\
          "b":{"seed":"%x","size":%d}}
          """
              .formatted(
                  number - 1,
                  "ab".repeat(16),
                  number,
                  number,
                  number,
                  "0".repeat(32),
                  random.nextInt(),
                  number,
                  payloadSize));
    }
    return write(directory.resolve("files.jsonl"), trace.toString());
  }

  static Path write(Path file, String content) {
    try {
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
