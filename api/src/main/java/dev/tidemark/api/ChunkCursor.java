package dev.tidemark.api;

import org.jspecify.annotations.Nullable;

/**
 * A place in a chunk stream: the first thing not yet sent, with the window that it belongs to. A
 * cursor carries everything that the next call needs, so nothing is kept on the side that is read
 * (rule C7). It travels as one opaque {@link #token()}.
 *
 * @param window the window
 * @param stage whether the stream has yet to start, is under way, or has ended
 * @param position the first operation not yet completely sent; at the end, the first after the
 *     window
 * @param offset how many bytes of that operation's payload were sent in fragments
 * @param payload which payload a cut goes through; null unless {@code offset} is above 0
 * @param spent the bytes already counted against the window's cap
 * @param mark which operation was read before this cursor; null where none was or it is not known,
 *     and inside a payload, where {@code payload} says more
 */
public record ChunkCursor(
    ChunkWindow window,
    Stage stage,
    Position position,
    long offset,
    @Nullable PayloadIdentity payload,
    long spent,
    @Nullable LogMark mark) {
  /** How far a stream is. */
  public enum Stage {
    /** Nothing was read; the watermark may be open. */
    START,
    /** Reading is under way and no chunk was sent yet: filters removed all so far. */
    SCANNING,
    /** At least one chunk was sent, and the last one was not. */
    SENDING,
    /** The window was read to its end. */
    END
  }

  /**
   * Which payload a cursor stands in, so that a cursor used on another log is noticed.
   *
   * @param operation the operation that carries it
   * @param digest the digest of the whole payload
   */
  public record PayloadIdentity(OperationId operation, PayloadDigest digest) {}

  /**
   * Checks that the parts fit together.
   *
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if they do not
   */
  public ChunkCursor {
    Invalid.inRange("payload offset", offset, 0, Long.MAX_VALUE);
    Invalid.inRange("spent bytes", spent, 0, Long.MAX_VALUE);
    if ((offset > 0) != (payload != null)) {
      throw Invalid.argument("cursor", "an offset and a payload identity come together");
    }
    if (offset > 0 && stage != Stage.SENDING) {
      throw Invalid.argument("cursor", "only a stream under way stands inside a payload");
    }
    if (stage != Stage.START && window.watermark() == null) {
      throw Invalid.argument("cursor", "a stream under way has a watermark");
    }
    if (mark != null && (offset > 0 || mark.position().compareTo(position) >= 0)) {
      throw Invalid.argument("cursor", "a mark is of what stands before, and not inside a payload");
    }
    if (position.version() <= window.after()) {
      throw Invalid.argument("cursor", "stands before its window");
    }
  }

  /**
   * Returns the cursor before the first chunk of a window.
   *
   * @param window the window
   * @return the start
   */
  public static ChunkCursor start(ChunkWindow window) {
    return start(window, null);
  }

  /**
   * Returns the cursor before the first chunk of a window that follows another one.
   *
   * @param window the window
   * @param mark which operation stands before it; null if that is not known
   * @return the start
   */
  public static ChunkCursor start(ChunkWindow window, @Nullable LogMark mark) {
    return new ChunkCursor(
        window, Stage.START, Position.afterVersion(window.after()), 0, null, 0, mark);
  }

  /**
   * Reads what {@link #token()} wrote.
   *
   * @param token the token
   * @return the cursor
   * @throws TidemarkException with {@link ErrorCode#TOKEN_MALFORMED} if it was not made by this
   *     library or was changed on the way, or {@link ErrorCode#TOKEN_UNSUPPORTED} if its format is
   *     unknown to this release
   */
  public static ChunkCursor parse(String token) {
    return CursorToken.decode(token);
  }

  /**
   * Returns the cursor as one opaque string of URL-safe characters (rule C12).
   *
   * @return the token
   */
  public String token() {
    return CursorToken.encode(this);
  }

  /**
   * Tells whether the window was read to its end.
   *
   * @return whether there is nothing after this cursor
   */
  public boolean isEnd() {
    return stage == Stage.END;
  }

  /**
   * Returns the last version that was read completely: where the next window starts after.
   *
   * @return the version; the window's own start while nothing was
   */
  public long completedVersion() {
    return position.version() - 1;
  }

  @Override
  public String toString() {
    return token();
  }
}
