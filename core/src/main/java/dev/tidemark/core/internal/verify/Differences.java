package dev.tidemark.core.internal.verify;

import dev.tidemark.api.NodeId;
import dev.tidemark.core.VerificationReport;
import dev.tidemark.core.VerificationReport.Difference;
import dev.tidemark.core.VerificationReport.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects differences: counts all, keeps the first. */
final class Differences {
  private final List<Difference> first = new ArrayList<>();
  private long count;

  void compare(
      Part part, @Nullable NodeId node, @Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      count++;
      if (first.size() < VerificationReport.MOST_LISTED) {
        first.add(new Difference(part, node, describe(expected), describe(actual)));
      }
    }
  }

  private static String describe(@Nullable Object value) {
    return value == null ? "nothing" : value.toString();
  }

  long count() {
    return count;
  }

  List<Difference> first() {
    return first;
  }
}
