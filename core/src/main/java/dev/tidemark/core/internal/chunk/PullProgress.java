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
 */
final class PullProgress {
  private PullProgress() {}

  /** After a chunk of complete operations, or a fragment of an operation that is in the log. */
  static void advance(WriteTransaction transaction, @Nullable String peer, ChunkHeader header) {
    store(transaction, peer, header, header.next());
  }

  /**
   * After a fragment of a payload that is not complete.
   *
   * @param received how many bytes of the payload are there from its start without a gap
   */
  static void advance(
      WriteTransaction transaction,
      @Nullable String peer,
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
        peer,
        header,
        isGapless ? header.next() : cursorAt(header, operation, received));
  }

  /** After the bytes of a payload were found wrong: back to its first fragment. */
  static void rewind(
      WriteTransaction transaction,
      @Nullable String peer,
      ChunkHeader header,
      Operation operation) {
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
      WriteTransaction transaction, @Nullable String peer, ChunkHeader header, ChunkCursor next) {
    if (peer != null && continues(transaction.progress(peer).orElse(null), header)) {
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
        Math.max(0, spent));
  }

  private static boolean continues(@Nullable SyncProgress stored, ChunkHeader header) {
    ChunkWindow window = header.next().window();
    Fragment fragment = header.fragment();
    long offset = fragment == null ? 0 : fragment.offset();
    Position start = Position.afterVersion(window.after());
    if (stored == null) {
      return isReached(start, 0, header, offset);
    }
    ChunkCursor cursor = stored.next();
    if (window.equals(cursor.window()) && !cursor.isEnd()) {
      return isReached(cursor.position(), cursor.offset(), header, offset);
    }
    // Another window: all before it must have come.
    return window.after() <= cursor.completedVersion() && isReached(start, 0, header, offset);
  }

  /** Whether nothing that the window holds is between a place and a chunk. */
  private static boolean isReached(
      Position reached, long reachedOffset, ChunkHeader header, long offset) {
    int order = header.first().compareTo(reached);
    if (order == 0) {
      return offset == reachedOffset;
    }
    // What a filter removed between two chunks cannot be told from what was left out.
    boolean isFiltered = !(header.next().window().filter() instanceof OperationFilter.All);
    return order > 0 && offset == 0 && reachedOffset == 0 && isFiltered;
  }
}
