package dev.tidemark.core;

import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkWindow;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.chunk.DecodedChunk;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Drains a source of chunks into a document, under the name of a peer. How far it is, is stored in
 * the transactions that apply the chunks (rule A7); so after a crash at any instant, or an error,
 * the next {@link #pull} goes on with exactly the next chunk.
 *
 * <p>When a window was read to its end, the next pull starts a new one behind it. A puller is for
 * one thread; pullers of different peers may run side by side.
 */
public final class Puller {
  private final PullTarget target;
  private final String peer;
  private final ChunkSource source;
  private final ChunkCursor settings;

  /**
   * Makes a puller.
   *
   * @param target the document that receives
   * @param peer the name under which the progress is stored
   * @param source where chunks come from
   * @param request where to start while nothing is stored, and the settings of all windows
   */
  Puller(PullTarget target, String peer, ChunkSource source, ChunkRequest request) {
    this.target = target;
    this.peer = peer;
    this.source = source;
    this.settings = target.cursor(request);
  }

  /**
   * Pulls until the source has nothing more: up to what it had committed when this call first
   * asked.
   *
   * @return what was pulled
   * @throws TidemarkException what the source throws, and what applying a chunk throws; with {@link
   *     ErrorCode#TOKEN_MISMATCH} if the stored progress has another filter, or if the source
   *     answers with something else than what follows, or has lost what was pulled from it before
   */
  public PullSummary pull() {
    return pull(applied -> {});
  }

  /**
   * Pulls as {@link #pull()} does, and tells of each step.
   *
   * @param listener receives what each chunk did, after it was committed, on this thread
   * @return what was pulled
   */
  public PullSummary pull(Consumer<? super ApplyResult> listener) {
    PullSummary sum = new PullSummary(0, 0, 0, 0, start());
    while (true) {
      ChunkCursor cursor = sum.reached();
      if (cursor.isEnd()) {
        Optional<ChunkCursor> next = nextWindow(cursor);
        if (next.isEmpty()) {
          return sum;
        }
        cursor = next.get();
      }
      sum = step(cursor, sum, listener);
    }
  }

  private PullSummary step(
      ChunkCursor cursor, PullSummary sum, Consumer<? super ApplyResult> listener) {
    ChunkSource.Answer answer = source.read(cursor.token());
    Optional<byte[]> chunk = answer.chunk();
    if (chunk.isPresent()) {
      DecodedChunk decoded = target.decode(chunk.get());
      requireFollows(cursor, decoded.header());
      ApplyResult result = target.apply(decoded, chunk.get().length, peer, cursor);
      listener.accept(result);
      return new PullSummary(
          sum.chunks() + 1,
          sum.bytes() + chunk.get().length,
          sum.appended() + result.append().appended(),
          sum.known() + result.append().known(),
          stored(cursor));
    }
    String token = answer.next().orElseThrow();
    ChunkCursor next =
        checked(
            () -> {
              ChunkCursor parsed = ChunkCursor.parse(token);
              PullChecks.requireAdvance(cursor, parsed);
              return parsed;
            });
    ChunkCursor reached = next;
    if (!isEmpty(next.window())) {
      target.store(new SyncProgress(peer, next), cursor);
      reached = stored(cursor);
    }
    return new PullSummary(sum.chunks(), sum.bytes(), sum.appended(), sum.known(), reached);
  }

  private void requireFollows(ChunkCursor asked, ChunkHeader header) {
    checked(
        () -> {
          PullChecks.requireFollows(asked, header);
          return header;
        });
  }

  /** Tells the document of an answer that does not fit: its pull is stuck. */
  private <T> T checked(Supplier<T> check) {
    try {
      return check.get();
    } catch (TidemarkException e) {
      throw target.refused(e);
    }
  }

  /** Where the document says that the pull goes on: not always behind the chunk (rule A9). */
  private ChunkCursor stored(ChunkCursor before) {
    ChunkCursor next = target.progress(peer).map(SyncProgress::next).orElse(before);
    if (next.equals(before)) {
      throw target.refused(mismatch("progress", "a step forward", "none"));
    }
    return next;
  }

  private ChunkCursor start() {
    Optional<SyncProgress> stored = target.progress(peer);
    if (stored.isEmpty()) {
      return settings;
    }
    ChunkCursor cursor = stored.get().next();
    ChunkWindow window = settings.window();
    if (!cursor.window().filter().equals(window.filter())) {
      throw target.refused(mismatch("filter", window.filter(), cursor.window().filter()));
    }
    return cursor.isEnd() ? windowAfter(cursor, window.watermark()) : cursor;
  }

  /** What follows the end of a window in the same pull: another one where a cap ended it. */
  private Optional<ChunkCursor> nextWindow(ChunkCursor end) {
    Long watermark = end.window().watermark();
    return watermark == null || end.completedVersion() >= watermark
        ? Optional.empty()
        : Optional.of(windowAfter(end, watermark));
  }

  private ChunkCursor windowAfter(ChunkCursor end, @Nullable Long watermark) {
    ChunkWindow window = settings.window();
    return ChunkCursor.start(
        new ChunkWindow(
            window.document(),
            end.completedVersion(),
            watermark,
            window.filter(),
            window.chunkSize(),
            window.cap()),
        end.mark());
  }

  private static boolean isEmpty(ChunkWindow window) {
    Long watermark = window.watermark();
    return watermark == null || watermark <= window.after();
  }

  static TidemarkException mismatch(String what, Object expected, Object actual) {
    return TidemarkException.of(ErrorCode.TOKEN_MISMATCH)
        .with(Detail.ARGUMENT, what)
        .with(Detail.EXPECTED, expected)
        .with(Detail.ACTUAL, actual)
        .build();
  }
}
