package dev.tidemark.core;

import dev.tidemark.api.NodeId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comparing the stored tree with a fresh fold of the log found (rule R9).
 *
 * @param operations how many operations were folded
 * @param nodes how many nodes they touch
 * @param ineffective how many structural operations are skipped as ineffective
 * @param tombstoned how many nodes are tombstoned
 * @param differenceCounts how many differences there are in each part that has any
 * @param differences the first {@value #MOST_LISTED} of them
 */
public record VerificationReport(
    long operations,
    long nodes,
    long ineffective,
    long tombstoned,
    Map<Part, Long> differenceCounts,
    List<Difference> differences) {
  /** How many differences a report lists at the most. */
  public static final int MOST_LISTED = 1000;

  /** Copies what is given. */
  public VerificationReport {
    differenceCounts = Map.copyOf(differenceCounts);
    differences = List.copyOf(differences);
  }

  /** Which rows a difference is in. */
  public enum Part {
    /**
     * The log itself: operations are lost. Nothing makes them again, and a rebuild would take them
     * out of the tree as well.
     */
    LOG,
    /** The state of the document: counts, head, frontier. */
    STATE,
    /** The row of a node. */
    NODE,
    /** An entry of the structural index. */
    STRUCTURAL_INDEX,
    /** What deletes of a node cover. */
    DELETIONS,
    /** An entry of the parent index: which operations shaped the children of a node. */
    PARENT_INDEX,
    /** The bytes of a payload. */
    PAYLOAD
  }

  /**
   * One difference.
   *
   * @param part which rows it is in
   * @param node the node that they are of, the parent in the parent index; null for the state and
   *     the log
   * @param expected what the log says; of the log itself, what it should have
   * @param actual what is stored
   */
  public record Difference(Part part, @Nullable NodeId node, String expected, String actual) {}

  /**
   * Returns how many differences there are.
   *
   * @return the number, of those that are not listed as well
   */
  public long differenceCount() {
    return differenceCounts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Returns how many differences there are in a part.
   *
   * @param part the part
   * @return the number, of those that are not listed as well
   */
  public long differenceCount(Part part) {
    return differenceCounts.getOrDefault(part, 0L);
  }

  /**
   * Tells whether the stored tree is what the log says.
   *
   * @return whether there are no differences
   */
  public boolean isIdentical() {
    return differenceCounts.isEmpty();
  }
}
