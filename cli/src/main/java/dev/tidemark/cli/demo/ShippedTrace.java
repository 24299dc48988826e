package dev.tidemark.cli.demo;

import dev.tidemark.cli.job.ExpectedState;
import dev.tidemark.cli.trace.TraceReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The history that comes with the program; the NOTICE beside it says where it is from. */
final class ShippedTrace {
  private static final String TRACE = "treecrdt.jsonl.gz";
  private static final String EXPECTED = "treecrdt.expected.json";

  private ShippedTrace() {}

  static TraceReader open() {
    return TraceReader.open(TRACE, resource(TRACE));
  }

  static ExpectedState expected() {
    try (InputStream input = resource(EXPECTED)) {
      return ExpectedState.read(EXPECTED, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    InputStream input = ShippedTrace.class.getResourceAsStream(name);
    if (input == null) {
      throw new UncheckedIOException(new FileNotFoundException("resource " + name));
    }
    return input;
  }
}
