package dev.tidemark.benchmarks.data;

import dev.tidemark.core.Document;
import java.util.function.BiFunction;

/**
 * A log of inserts below the root's tree, cut into versions of equal size.
 *
 * @param operations how many
 * @param payloadBytes the payload of each
 * @param versions how many versions they come in
 */
public record LogShape(int operations, int payloadBytes, int versions) {
  /**
   * Returns the sum of all payloads.
   *
   * @return bytes
   */
  public long payloadTotal() {
    return (long) operations * payloadBytes;
  }

  String fileName() {
    return "log-" + operations + "-" + payloadBytes + "-" + versions + ".db";
  }

  /**
   * Writes the log into a document, with payloads that look random.
   *
   * @param document an empty document
   */
  public void writeRandom(Document document) {
    write(document, Bytes::next);
  }

  void write(Document document, BiFunction<Bytes, Integer, byte[]> content) {
    BalancedTree tree = new BalancedTree(payloadBytes, 0, content);
    for (int version = 0; version < versions; version++) {
      long first = (long) operations * version / versions;
      long end = (long) operations * (version + 1) / versions;
      document.append(tree.batch(first + 1, (int) (end - first)));
    }
  }

  @Override
  public String toString() {
    return String.format(
        java.util.Locale.ROOT,
        "%,d x %,d B in %,d %s",
        operations,
        payloadBytes,
        versions,
        versions == 1 ? "version" : "versions");
  }
}
