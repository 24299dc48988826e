package dev.tidemark.cli.command;

import dev.tidemark.api.CatchUp;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.core.Document;

/** Makes a tree again, with its progress shown. */
final class Rebuilding {
  private Rebuilding() {}

  static CatchUp run(Document document, Progress.Display display) {
    try (Progress progress = display.start("Rebuilding", document.status().operations())) {
      return document.rebuild((done, total) -> progress.stepTo(done));
    }
  }
}
