package dev.tidemark.cli.command;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.VerificationReport;
import dev.tidemark.core.VerificationReport.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tree that was made again.
 *
 * @param damage what was found before
 * @param work what it took
 */
record Repair(Damage damage, CatchUp work) {
  private static final String PAYLOAD_REMEDY =
      "Bytes of payloads cannot be made again from the log: restore a backup, or replicate the"
          + " document into a new store from one that has them.";

  /** What to do about operations that the log has lost. */
  static final String LOG_REMEDY =
      "Operations that the log has lost cannot be made again, and a tree made from the others would"
          + " lack them: restore a backup, or replicate the document into a new store from one that"
          + " has them.";

  /**
   * What was found.
   *
   * @param differences how many differences; null where the tree could not be compared
   * @param lines the same for people
   */
  record Damage(@Nullable Long differences, List<String> lines) {
    Damage {
      lines = List.copyOf(lines);
    }

    static Damage of(VerificationReport found) {
      List<String> lines = new ArrayList<>();
      lines.add("Found " + Text.count(found.differenceCount(), "difference") + ":");
      lines.addAll(VerifyReport.list(found));
      return new Damage(found.differenceCount(), lines);
    }

    static Damage of(TidemarkException failure) {
      return new Damage(
          null, List.of("The stored tree cannot be compared: " + failure.getMessage()));
    }
  }

  /** Whether rows differ that follow from the log, and it is whole. */
  static boolean isOfUse(VerificationReport found) {
    return !hasLost(found) && found.differenceCount() > found.differenceCount(Part.PAYLOAD);
  }

  /** Whether a tree that cannot be compared may be readable when it is made again. */
  static boolean isOfUse(TidemarkException failure) {
    return failure.code() == ErrorCode.STORE_CORRUPT || failure.code() == ErrorCode.STEP_LIMIT;
  }

  /** What to do about that which does not follow from the log, a line each. */
  static List<String> remedies(VerificationReport found) {
    List<String> remedies = new ArrayList<>();
    if (hasLost(found)) {
      remedies.add(LOG_REMEDY);
    }
    if (found.differenceCount(Part.PAYLOAD) > 0) {
      remedies.add(PAYLOAD_REMEDY);
    }
    return remedies;
  }

  private static boolean hasLost(VerificationReport found) {
    return found.differenceCount(Part.LOG) > 0;
  }

  List<String> toLines() {
    List<String> lines = new ArrayList<>(damage.lines());
    lines.add(
        "Made the tree again from %s in %s."
            .formatted(Text.count(work.operations(), "operation"), Text.duration(work.nanos())));
    return lines;
  }
}
