package dev.tidemark.cli.demo;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.cli.job.ExpectedState;
import dev.tidemark.cli.job.LogSummary;
import dev.tidemark.cli.job.TraceImport;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.cli.trace.TraceReader;
import dev.tidemark.core.Document;
import dev.tidemark.core.DocumentStatus;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeHash;
import dev.tidemark.core.VerificationReport;
import java.util.function.Consumer;

/**
 * The main job of the library on real input: a recorded history is imported into one store, sent to
 * a second one chunk by chunk in an order that makes operations late, and both must have the tree
 * that a naive fold of the history has.
 */
public final class Demo {
  private static final String DOCUMENT = "history";

  private final DemoDirectory directory;
  private final long seed;
  private final Consumer<String> narrator;

  /**
   * Prepares the demonstration.
   *
   * @param directory where its stores are made
   * @param seed for the order of the windows
   * @param narrator told what happens, line by line
   */
  public Demo(DemoDirectory directory, long seed, Consumer<String> narrator) {
    this.directory = directory;
    this.seed = seed;
    this.narrator = narrator;
  }

  /**
   * Runs it.
   *
   * @param display shows how far the longer steps are
   * @return what came out
   */
  public DemoResult run(Progress.Display display) {
    long start = System.nanoTime();
    Measurements atFirst = new Measurements();
    Measurements atSecond = new Measurements();
    introduce();
    try (Tidemark firstStore = open("first.db", atFirst);
        Tidemark secondStore = open("second.db", atSecond)) {
      Document first = firstStore.document(DOCUMENT);
      Document second = secondStore.document(DOCUMENT);
      long importNanos = importTrace(first, display);
      long replicateNanos = replicate(first, second, display);
      narrate(
          "3. Verify.",
          "Each log is folded afresh, slowly and simply, and compared with the stored tree; then",
          "both trees are compared with the one that the history is known to end in.",
          "");
      return new DemoResult(
          result(first, atFirst, importNanos),
          result(second, atSecond, replicateNanos),
          ShippedTrace.expected().treeHash(),
          seed,
          System.nanoTime() - start);
    }
  }

  private void introduce() {
    narrate(
        "One real edit history, two stores, the same tree.",
        "The stores are in "
            + directory.path()
            + (directory.isKept() ? "." : " and removed in the end; --directory keeps them."),
        "");
  }

  private Tidemark open(String file, Measurements measurements) {
    return Tidemark.builder(directory.storeUri(file)).telemetry(measurements).open();
  }

  private long importTrace(Document first, Progress.Display display) {
    narrate(
        "1. Import.",
        "The history of a git repository (cybersemics/treecrdt: files and directories as nodes,",
        "commits as transactions, authors as replicas) is appended to the first store, one",
        "transaction at a time. Work from side branches comes late: it belongs between operations",
        "that are there already.",
        "");
    try (TraceReader trace = ShippedTrace.open();
        Progress progress = display.start("Importing", trace.header().operations().orElse(-1L))) {
      TraceImport job = new TraceImport(trace, first, 1, CatchUpPolicy.immediate());
      job.run(progress);
      return job.nanos();
    }
  }

  private long replicate(Document first, Document second, Progress.Display display) {
    WindowPlan plan = WindowPlan.of(first, seed);
    narrate(
        "2. Replicate.",
        "The log is cut into %d windows: %d ranges of versions, each by two groups of authors."
            .formatted(plan.windows().size(), plan.ranges()),
        "They are read in chunks of at most 256 KiB and applied to the second store in an order",
        "shuffled with seed %d, so that it gets children before parents and edits before what is"
            .formatted(seed),
        "edited.",
        "");
    long start = System.nanoTime();
    try (Progress progress = display.start("Replicating", plan.windows().size())) {
      int done = 0;
      for (ChunkRequest window : plan.windows()) {
        for (Chunk chunk : first.changes(window)) {
          second.apply(chunk.bytes());
        }
        done++;
        progress.stepTo(done);
      }
    }
    return System.nanoTime() - start;
  }

  private static StoreResult result(Document document, Measurements measurements, long nanos) {
    VerificationReport fold = document.verify(ProgressListener.NONE);
    TreeHash tree = document.treeHash();
    boolean isAsExpected =
        ShippedTrace.expected().compare(LogSummary.of(document), fold, tree).stream()
            .allMatch(ExpectedState.Comparison::isEqual);
    DocumentStatus status = document.status();
    return new StoreResult(
        status.operations(),
        status.version(),
        measurements,
        nanos,
        tree,
        fold.isIdentical() && isAsExpected);
  }

  private void narrate(String... lines) {
    for (String line : lines) {
      narrator.accept(line);
    }
  }
}
