package dev.tidemark.benchmarks.scenario;

import dev.tidemark.benchmarks.data.BalancedTree;
import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.PeakHeap;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;

/** Imports, drains or applies, in a virtual machine with a small heap. */
public final class MemoryChild {
  private MemoryChild() {}

  /**
   * Does one of the three.
   *
   * @param args what to do, the store, and how many operations in all, or the other store
   */
  public static void main(String[] args) {
    PeakHeap heap = new PeakHeap();
    heap.collectOften();
    try (Tidemark store = Tidemark.open(Stores.uri(Path.of(args[1])) + "?synchronous=off")) {
      Document document = store.document(Stores.DOCUMENT);
      switch (args[0]) {
        case "import" -> append(document, Long.parseLong(args[2]));
        case "drain" -> {
          long operations = 0;
          while (operations < Long.parseLong(args[2])) {
            operations += Drain.of(document, 5 << 20, bytes -> {}).operations();
          }
        }
        case "apply" -> {
          try (Tidemark target = Tidemark.open(Stores.uri(Path.of(args[2])) + "?synchronous=off")) {
            Drain.of(document, 5 << 20, target.document(Stores.DOCUMENT)::apply);
          }
        }
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
    System.out.println("peak=" + heap.mebibytes());
  }

  private static void append(Document document, long operations) {
    BalancedTree tree = new BalancedTree(64, 0);
    for (long first = 1; first <= operations; first += 1_000) {
      document.append(tree.batch(first, (int) Math.min(1_000, operations - first + 1)));
    }
  }
}
