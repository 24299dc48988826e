package dev.tidemark.core.internal.verify;

import dev.tidemark.api.NodeId;
import dev.tidemark.core.VerificationReport;
import dev.tidemark.core.VerificationReport.Difference;
import dev.tidemark.core.VerificationReport.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects differences: counts all, keeps the first. */
final class Differences {
  private final List<Difference> first = new ArrayList<>();
  private final Map<Part, Long> counts = new EnumMap<>(Part.class);

  void compare(
      Part part, @Nullable NodeId node, @Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      counts.merge(part, 1L, Long::sum);
      if (first.size() < VerificationReport.MOST_LISTED) {
        first.add(new Difference(part, node, describe(expected), describe(actual)));
      }
    }
  }

  private static String describe(@Nullable Object value) {
    return value == null ? "nothing" : value.toString();
  }

  Map<Part, Long> counts() {
    return counts;
  }

  List<Difference> first() {
    return first;
  }
}
