package dev.tidemark.cli.demo;

import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Table;
import dev.tidemark.cli.output.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * How the demonstration ended.
 *
 * @param first the store that imported
 * @param second the store that the first was replicated to
 * @param expectedHash the tree hash that both should have
 * @param seed the seed of the shuffle
 * @param nanos how long all of it took
 */
public record DemoResult(
    StoreResult first, StoreResult second, String expectedHash, long seed, long nanos) {
  /**
   * Tells whether both stores have the tree that they should have.
   *
   * @return whether all comparisons agree
   */
  public boolean isIdentical() {
    return first.isVerified()
        && second.isVerified()
        && first.tree().equals(second.tree())
        && first.tree().hex().equals(expectedHash);
  }

  /**
   * Returns the closing table.
   *
   * @return its lines
   */
  public List<String> toLines() {
    Latencies read = first.measurements().chunkReads();
    Latencies applied = second.measurements().chunkApplies();
    Latencies importing = first.measurements().catchUps();
    Latencies applying = second.measurements().catchUps();
    List<String> lines =
        new ArrayList<>(
            new Table()
                .row("", "first store", "second store")
                .row("", "(import)", "(replica)")
                .row("operations", Text.count(first.operations()), Text.count(second.operations()))
                .row(
                    "late operations",
                    Text.count(first.measurements().late()),
                    Text.count(second.measurements().late()))
                .row(
                    "operations per second",
                    Text.count(first.operationsPerSecond()),
                    Text.count(second.operationsPerSecond()))
                .row("catch-up latency, median", importing.median(), applying.median())
                .row("  99th percentile", importing.percentile99(), applying.percentile99())
                .row("chunks", read.count() + " read", applied.count() + " applied")
                .row("chunk latency, median", read.median(), applied.median())
                .row("  99th percentile", read.percentile99(), applied.percentile99())
                .row(
                    "visible nodes",
                    Text.count(first.tree().visibleNodes()),
                    Text.count(second.tree().visibleNodes()))
                .lines());
    lines.add("");
    lines.add("tree hash, first store   " + first.tree().hex());
    lines.add("tree hash, second store  " + second.tree().hex());
    lines.add("tree hash, expected      " + expectedHash);
    lines.add("identical: " + (isIdentical() ? "yes" : "no"));
    return lines;
  }

  /**
   * Returns the result for scripts.
   *
   * @return times in microseconds
   */
  public Report toReport() {
    return new Report()
        .with("identical", isIdentical())
        .with("treeHash", first.tree().hex())
        .with("expectedTreeHash", expectedHash)
        .with("seed", seed)
        .with("milliseconds", nanos / 1_000_000)
        .with("chunks", second.measurements().chunkApplies().count())
        .with("chunkReadMicros", report(first.measurements().chunkReads()))
        .with("chunkApplyMicros", report(second.measurements().chunkApplies()))
        .with("first", report(first))
        .with("second", report(second));
  }

  private static Report report(StoreResult store) {
    return new Report()
        .with("operations", store.operations())
        .with("late", store.measurements().late())
        .with("versions", store.appends())
        .with("operationsPerSecond", store.operationsPerSecond())
        .with("catchUpMicros", report(store.measurements().catchUps()))
        .with("treeHash", store.tree().hex())
        .with("visibleNodes", store.tree().visibleNodes())
        .with("verified", store.isVerified());
  }

  private static Report report(Latencies latencies) {
    return new Report()
        .with("median", latencies.percentile(50) / 1000)
        .with("percentile99", latencies.percentile(99) / 1000);
  }
}
