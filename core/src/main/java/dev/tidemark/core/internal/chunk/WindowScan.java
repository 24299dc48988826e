package dev.tidemark.core.internal.chunk;

import com.google.common.math.LongMath;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkCursor.PayloadIdentity;
import dev.tidemark.api.ChunkCursor.Stage;
import dev.tidemark.api.ChunkResult.StopReason;
import dev.tidemark.api.ChunkWindow;
import dev.tidemark.api.LogMark;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.spi.RowVisitor;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the log from a cursor on: fills the body of one chunk, and looks ahead to whether
 * anything follows it. It stops on an operation that is not sent yet; so every cursor under way
 * stands on an operation that exists, and one that does not was made for another log.
 */
final class WindowScan implements RowVisitor<LoggedOperation> {
  private final ChunkCursor cursor;
  private final ChunkWindow window;
  private final int scanLimit;

  private ChunkBody body;
  private long spent;

  /** The version of the last operation that was looked at: the cap ends the window behind it. */
  private long version;

  private int removed;
  private boolean isFirst = true;
  private boolean isAtCursor = true;
  private boolean isLookingAhead;
  private StopReason reason = StopReason.WATERMARK;
  private @Nullable Position stoppedAt;

  /** Where a fragment ends that is not the last of its payload. */
  private @Nullable PayloadIdentity cutPayload;

  private long cutOffset;

  /** What was read last, for the mark of the next cursor. */
  private @Nullable LoggedOperation last;

  WindowScan(ChunkCursor cursor, int scanLimit) {
    this.cursor = cursor;
    this.window = cursor.window();
    this.scanLimit = scanLimit;
    this.body = new ChunkBody(window.chunkSize());
    this.spent = cursor.spent();
    this.version = cursor.position().version();
  }

  @Override
  public boolean visit(LoggedOperation logged) {
    if (isFirst) {
      isFirst = false;
      LogMark mark = cursor.mark();
      if (mark != null) {
        requireMark(mark, logged);
        return true;
      }
    }
    if (isAtCursor) {
      isAtCursor = false;
      if (logged.position().compareTo(cursor.position()) < 0) {
        // A mark that is not of what stands right before the cursor.
        throw Mismatch.of("position", cursor.position(), logged.position());
      }
      requireCursorFits(logged);
    }
    if (!read(logged)) {
      return false;
    }
    last = logged;
    return true;
  }

  /** Takes an operation in; false where it is the first of what follows. */
  private boolean read(LoggedOperation logged) {
    Position position = logged.position();
    if (window.cap() > 0 && spent >= window.cap() && position.version() > version) {
      return stop(StopReason.WINDOW_CAP, position);
    }
    if (removed == scanLimit) {
      return stop(StopReason.SCAN_LIMIT, position);
    }
    version = position.version();
    if (!window.filter().passes(logged.operation().id().replica())) {
      removed++;
      return true;
    }
    if (isLookingAhead) {
      return stop(StopReason.FRAGMENT, position);
    }
    if (cursor.offset() == 0 || !position.equals(cursor.position())) {
      if (body.add(logged)) {
        spent = LongMath.saturatedAdd(spent, WindowWeight.of(logged.operation()));
        return true;
      }
      if (!body.isEmpty()) {
        return stop(StopReason.CHUNK_FULL, position);
      }
      return fragment(logged, 0);
    }
    return fragment(logged, cursor.offset());
  }

  private boolean stop(StopReason why, Position position) {
    reason = why;
    stoppedAt = position;
    return false;
  }

  private boolean fragment(LoggedOperation logged, long offset) {
    Operation operation = logged.operation();
    Payload payload = OperationWriter.payloadOf(operation);
    if (payload == null) {
      throw new IllegalStateException("an operation without payload does not fit into a chunk");
    }
    body.recycle();
    body = ChunkBody.ofFragment(window.chunkSize(), logged, payload, offset);
    long rest = payload.size() - offset;
    int most = ChunkFormat.fragmentBytes(window.chunkSize());
    if (rest > most) {
      cutOffset = offset + most;
      cutPayload = new PayloadIdentity(operation.id(), payload.digest());
      return stop(StopReason.FRAGMENT, logged.position());
    }
    spent = LongMath.saturatedAdd(spent, WindowWeight.of(operation));
    isLookingAhead = true;
    return true;
  }

  /** Refuses a log in which something else stands before the cursor. */
  static void requireMark(LogMark mark, @Nullable LoggedOperation logged) {
    if (logged == null || !mark.equals(LogMark.of(logged))) {
      throw Mismatch.ofLog(mark, logged);
    }
  }

  private void requireCursorFits(LoggedOperation logged) {
    if (cursor.stage() == Stage.START) {
      return;
    }
    if (!logged.position().equals(cursor.position())) {
      throw Mismatch.of("position", cursor.position(), logged.position());
    }
    PayloadIdentity identity = cursor.payload();
    if (identity == null) {
      return;
    }
    Operation operation = logged.operation();
    Payload payload = OperationWriter.payloadOf(operation);
    if (payload == null
        || !operation.id().equals(identity.operation())
        || !payload.digest().equals(identity.digest())) {
      throw Mismatch.of("payload", identity.operation(), operation.id());
    }
    if (!window.filter().passes(operation.id().replica())) {
      throw Mismatch.of("filter", window.filter(), operation.id().replica());
    }
    if (cursor.offset() >= payload.size()
        || cursor.offset() % ChunkFormat.fragmentBytes(window.chunkSize()) != 0
        || ChunkBody.fits(window.chunkSize(), logged)) {
      throw Mismatch.of("payload offset", payload, cursor.offset());
    }
  }

  ChunkBody body() {
    return body;
  }

  /** Why the pass ended; FRAGMENT and SCAN_LIMIT only where something may follow. */
  StopReason reason() {
    return reason;
  }

  /** Tells whether the pass met no operation from the cursor on. */
  boolean isEmpty() {
    return isAtCursor;
  }

  private @Nullable LogMark mark() {
    return last == null ? cursor.mark() : LogMark.of(last);
  }

  /** The cursor behind what was read, once a chunk or an end is returned. */
  ChunkCursor next(Stage stage) {
    Position at = stoppedAt;
    if (at == null || reason == StopReason.WINDOW_CAP) {
      Long watermark = window.watermark();
      long lastVersion = reason == StopReason.WINDOW_CAP || watermark == null ? version : watermark;
      return new ChunkCursor(
          window,
          Stage.END,
          Position.afterVersion(Math.max(lastVersion, window.after())),
          0,
          null,
          spent,
          mark());
    }
    return new ChunkCursor(
        window, stage, at, cutOffset, cutPayload, spent, cutPayload == null ? mark() : null);
  }
}
