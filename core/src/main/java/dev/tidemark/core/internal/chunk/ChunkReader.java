package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkCursor.Stage;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.ChunkResult.StopReason;
import dev.tidemark.api.ChunkWindow;
import dev.tidemark.api.LogMark;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Position;
import dev.tidemark.spi.ReadTransaction;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the chunk that starts at a cursor. Everything it needs is in the cursor and in the log, so
 * it works with read rights alone and keeps nothing between calls (rules C2, C7).
 */
public final class ChunkReader {
  /**
   * The most operations that one call removes by the filter before it returns (rule C10). Those
   * that pass are bounded by the chunk itself.
   */
  public static final int SCAN_LIMIT = 10_000;

  private final int scanLimit;

  /** Makes a reader. */
  public ChunkReader() {
    this(SCAN_LIMIT);
  }

  /** Makes a reader with a lower scan limit, so that tests reach it with short logs. */
  ChunkReader(int scanLimit) {
    this.scanLimit = scanLimit;
  }

  /**
   * Reads one chunk.
   *
   * @param transaction the transaction; nothing is written
   * @param cursor where to read
   * @return the chunk, or progress, or the end
   * @throws dev.tidemark.api.TidemarkException with {@code TOKEN_MISMATCH} if the cursor was made
   *     for another document or log
   */
  public ChunkResult read(ReadTransaction transaction, ChunkCursor cursor) {
    if (!transaction.document().equals(cursor.window().document())) {
      throw Mismatch.of("document", transaction.document(), cursor.window().document());
    }
    if (cursor.isEnd()) {
      return ChunkResult.end(cursor, endReason(cursor));
    }
    ChunkCursor fixed = withWatermark(cursor, transaction.state().version());
    ChunkWindow window = fixed.window();
    long watermark = watermarkOf(window);
    LogMark mark = fixed.mark();
    if (watermark <= window.after()) {
      if (mark != null) {
        requireMark(transaction, mark);
      }
      return ChunkResult.end(end(fixed), StopReason.WATERMARK);
    }
    WindowScan scan = new WindowScan(fixed, scanLimit);
    // What stands before the cursor is read with it: one row more, and no seek.
    transaction.scanLog(mark == null ? fixed.position() : mark.position(), watermark, scan);
    if (scan.isEmpty() && fixed.stage() != Stage.START) {
      throw Mismatch.of("position", fixed.position(), "nothing there");
    }
    return result(transaction, fixed, scan);
  }

  private static ChunkResult result(
      ReadTransaction transaction, ChunkCursor cursor, WindowScan scan) {
    StopReason reason = scan.reason();
    boolean wasSending = cursor.stage() == Stage.SENDING;
    if (!scan.body().isEmpty()) {
      scan.body().fill(transaction);
      Chunk chunk = ChunkEncoder.encode(scan.body(), scan.next(Stage.SENDING));
      scan.body().recycle();
      return ChunkResult.of(chunk, reason);
    }
    ChunkCursor next = scan.next(wasSending ? Stage.SENDING : Stage.SCANNING);
    if (!next.isEnd()) {
      return ChunkResult.progress(next);
    }
    if (wasSending) {
      // The chunk before could not know that it was the last one (rule C9).
      return ChunkResult.of(ChunkEncoder.closing(cursor.position(), next), reason);
    }
    return ChunkResult.end(next, reason);
  }

  private static ChunkCursor withWatermark(ChunkCursor cursor, long version) {
    ChunkWindow window = cursor.window();
    Long watermark = window.watermark();
    if (cursor.stage() != Stage.START) {
      if (watermarkOf(window) > version) {
        throw Mismatch.of("watermark", "up to " + version, watermarkOf(window));
      }
      return cursor;
    }
    long last = watermark == null ? version : Math.min(watermark, version);
    return new ChunkCursor(
        window.withWatermark(last),
        Stage.START,
        Position.afterVersion(window.after()),
        0,
        null,
        cursor.spent(),
        cursor.mark());
  }

  private static ChunkCursor end(ChunkCursor cursor) {
    return new ChunkCursor(
        cursor.window(),
        Stage.END,
        Position.afterVersion(cursor.window().after()),
        0,
        null,
        cursor.spent(),
        cursor.mark());
  }

  private static void requireMark(ReadTransaction transaction, LogMark mark) {
    List<LoggedOperation> there = new ArrayList<>(1);
    transaction.scanLog(
        mark.position(),
        mark.position().version(),
        logged -> {
          there.add(logged);
          return false;
        });
    WindowScan.requireMark(mark, there.isEmpty() ? null : there.get(0));
  }

  private static StopReason endReason(ChunkCursor cursor) {
    return cursor.position().version() > watermarkOf(cursor.window())
        ? StopReason.WATERMARK
        : StopReason.WINDOW_CAP;
  }

  private static long watermarkOf(ChunkWindow window) {
    Long watermark = window.watermark();
    if (watermark == null) {
      throw new IllegalStateException("a stream under way has a watermark");
    }
    return watermark;
  }
}
