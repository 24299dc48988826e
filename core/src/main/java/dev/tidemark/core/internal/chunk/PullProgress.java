package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkCursor.PayloadIdentity;
import dev.tidemark.api.ChunkCursor.Stage;
import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.ChunkHeader.Fragment;
import dev.tidemark.api.ChunkWindow;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.spi.WriteTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Stores how far a pull is, and never further than what is durably applied (rules A7, A9): a chunk
 * that does not continue the stored progress leaves it where it is, and while bytes of a payload
 * are missing it stays at the first fragment that would bring them.
 *
 * <p>What a filter removed before a chunk cannot be told from a chunk that was left out, by the
 * chunk alone. So progress passes a gap only where it is known that the chunk was the answer to the
 * stored progress itself.
 */
public final class PullProgress {
  private PullProgress() {}

  /**
   * Stores progress that no chunk came with, unless another pull has moved it meanwhile.
   *
   * @param transaction the transaction
   * @param asked what {@code reached} is the answer to
   * @param reached the progress
   */
  public static void pass(WriteTransaction transaction, ChunkCursor asked, SyncProgress reached) {
    if (isStored(transaction.progress(reached.peer()).orElse(null), asked)) {
      transaction.putProgress(reached);
    }
  }

  /** After a chunk of complete operations, or a fragment of an operation that is in the log. */
  static void advance(WriteTransaction transaction, PullStep step, ChunkHeader header) {
    store(transaction, step, header, header.next());
  }

  /**
   * After a fragment of a payload that is not complete.
   *
   * @param received how many bytes of the payload are there from its start without a gap
   */
  static void advance(
      WriteTransaction transaction,
      PullStep step,
      ChunkHeader header,
      Operation operation,
      long received) {
    Fragment fragment = header.fragment();
    if (fragment == null) {
      throw new IllegalArgumentException("not a fragment");
    }
    boolean isGapless = received >= fragment.offset() + fragment.length();
    store(
        transaction,
        step,
        header,
        isGapless ? header.next() : cursorAt(header, operation, received));
  }

  /** After the bytes of a payload were found wrong: back to its first fragment. */
  static void rewind(
      WriteTransaction transaction, PullStep step, ChunkHeader header, Operation operation) {
    String peer = step.peer();
    SyncProgress stored = peer == null ? null : transaction.progress(peer).orElse(null);
    if (peer == null || stored == null) {
      return;
    }
    ChunkCursor cursor = stored.next();
    boolean isInside =
        cursor.window().equals(header.next().window())
            && !cursor.isEnd()
            && cursor.position().equals(header.first());
    if (isInside) {
      transaction.putProgress(new SyncProgress(peer, cursorAt(header, operation, 0)));
    }
  }

  private static void store(
      WriteTransaction transaction, PullStep step, ChunkHeader header, ChunkCursor next) {
    String peer = step.peer();
    if (peer != null && continues(transaction.progress(peer).orElse(null), step.asked(), header)) {
      transaction.putProgress(new SyncProgress(peer, next));
    }
  }

  /** The cursor at the last fragment boundary before the first missing byte. */
  private static ChunkCursor cursorAt(ChunkHeader header, Operation operation, long received) {
    ChunkCursor next = header.next();
    ChunkWindow window = next.window();
    Payload payload = OperationWriter.payloadOf(operation);
    if (payload == null) {
      throw new IllegalArgumentException("no payload");
    }
    long offset = received - received % ChunkFormat.fragmentBytes(window.chunkSize());
    // The cursor behind the last fragment has counted the operation already.
    long spent = next.offset() > 0 ? next.spent() : next.spent() - WindowWeight.of(operation);
    return new ChunkCursor(
        window,
        Stage.SENDING,
        header.first(),
        offset,
        offset == 0 ? null : new PayloadIdentity(operation.id(), payload.digest()),
        Math.max(0, spent),
        null);
  }

  private static boolean continues(
      @Nullable SyncProgress stored, @Nullable ChunkCursor asked, ChunkHeader header) {
    if (asked != null && isStored(stored, asked)) {
      return isAt(asked.position(), asked.offset(), header) || isBehindGap(asked, header);
    }
    ChunkWindow window = header.next().window();
    Position start = Position.afterVersion(window.after());
    if (stored == null) {
      return isAt(start, 0, header);
    }
    ChunkCursor cursor = stored.next();
    if (window.equals(cursor.window()) && !cursor.isEnd()) {
      return isAt(cursor.position(), cursor.offset(), header);
    }
    // Another window: all before it must have come, of all replicas that it is about.
    return window.filter().equals(cursor.window().filter())
        && window.after() <= cursor.completedVersion()
        && isAt(start, 0, header);
  }

  /** Whether a pull that asks with a cursor goes on exactly where the stored progress is. */
  private static boolean isStored(@Nullable SyncProgress stored, ChunkCursor asked) {
    if (stored == null) {
      // The pull begins, and where is for its caller to say.
      return true;
    }
    ChunkCursor cursor = stored.next();
    // Behind the end of a window the next one starts.
    return asked.equals(cursor)
        || (cursor.isEnd()
            && asked.stage() == Stage.START
            && asked.window().after() == cursor.completedVersion()
            && asked.window().filter().equals(cursor.window().filter()));
  }

  private static boolean isAt(Position reached, long reachedOffset, ChunkHeader header) {
    return header.first().equals(reached) && offset(header) == reachedOffset;
  }

  /** Whether a chunk may be what a filter left of what follows a cursor. */
  private static boolean isBehindGap(ChunkCursor asked, ChunkHeader header) {
    return !(asked.window().filter() instanceof OperationFilter.All)
        && header.first().compareTo(asked.position()) > 0
        && asked.offset() == 0
        && offset(header) == 0;
  }

  private static long offset(ChunkHeader header) {
    Fragment fragment = header.fragment();
    return fragment == null ? 0 : fragment.offset();
  }
}
