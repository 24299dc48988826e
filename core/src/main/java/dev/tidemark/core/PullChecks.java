package dev.tidemark.core;

import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkCursor.Stage;
import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.ChunkWindow;
import dev.tidemark.api.OperationFilter;

/** Whether a source's answer is to what was asked: a source is another party, and may be wrong. */
final class PullChecks {
  private PullChecks() {}

  static void requireFollows(ChunkCursor asked, ChunkHeader header) {
    requireSameWindow(asked, header.next());
    ChunkHeader.Fragment fragment = header.fragment();
    long offset = fragment == null ? 0 : fragment.offset();
    int order = header.first().compareTo(asked.position());
    // A filter may have removed what is between; without one nothing may be left out.
    boolean isFiltered = !(asked.window().filter() instanceof OperationFilter.All);
    boolean isThere = order == 0 && offset == asked.offset();
    boolean isFurther = order > 0 && isFiltered && offset == 0 && asked.offset() == 0;
    if (!isThere && !isFurther) {
      throw Puller.mismatch("chunk", asked.position(), header.first());
    }
  }

  static void requireAdvance(ChunkCursor asked, ChunkCursor next) {
    requireSameWindow(asked, next);
    boolean isFurther =
        next.isEnd() || (next.position().compareTo(asked.position()) > 0 && next.offset() == 0);
    if (!isFurther) {
      throw Puller.mismatch("position", "beyond " + asked.position(), next.position());
    }
    Long watermark = next.window().watermark();
    if (watermark != null
        && watermark < next.window().after()
        && asked.window().watermark() == null) {
      // It was restored from a backup, say: waiting would never bring what it lost.
      throw Puller.mismatch("source's last version", asked.window().after(), watermark);
    }
  }

  private static void requireSameWindow(ChunkCursor asked, ChunkCursor next) {
    ChunkWindow window = asked.window();
    Long fixed = next.window().watermark();
    Long wanted = window.watermark();
    if (fixed == null) {
      throw Puller.mismatch("watermark", "a fixed one", "none");
    }
    // While nothing is read, the asked watermark is only the most that the window may have.
    boolean isFree = asked.stage() == Stage.START && (wanted == null || fixed <= wanted);
    if (!isFree && !fixed.equals(wanted)) {
      throw Puller.mismatch("watermark", String.valueOf(wanted), fixed);
    }
    ChunkWindow expected = window.withWatermark(fixed);
    if (!expected.equals(next.window())) {
      throw Puller.mismatch("window", expected, next.window());
    }
  }
}
