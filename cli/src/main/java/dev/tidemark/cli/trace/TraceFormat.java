package dev.tidemark.cli.trace;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats of traces that this release reads. */
public enum TraceFormat {
  /**
   * Recorded histories: payloads are generated from a seed, a transaction has one author, and an
   * author's counters are without gaps.
   */
  TREE_TRACE_1("tree-trace/1"),

  /**
   * Exported logs: a transaction is a version of the store, with operations of any authors in any
   * order, and payloads carry their bytes. It has another name, so that a reader of the first
   * format refuses it at the header and not somewhere in the middle.
   */
  TREE_TRACE_2("tree-trace/2");

  private final String label;

  TraceFormat(String label) {
    this.label = label;
  }

  /**
   * Returns the name as it stands in the header.
   *
   * @return the name
   */
  public String label() {
    return label;
  }

  static Optional<TraceFormat> ofLabel(String label) {
    return Arrays.stream(values()).filter(format -> format.label.equals(label)).findFirst();
  }

  static String allLabels() {
    return Arrays.stream(values()).map(TraceFormat::label).collect(Collectors.joining(" and "));
  }
}
