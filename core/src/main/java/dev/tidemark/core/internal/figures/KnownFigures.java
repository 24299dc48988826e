package dev.tidemark.core.internal.figures;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.api.StoreFigures;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps what calls came upon. Safe for several threads. */
public final class KnownFigures implements StoreFigures {
  private final Backlog backlog = new Backlog();
  private final StagedCounts staged = new StagedCounts();
  private final LongSupplier nanoClock;

  /**
   * Knows nothing yet.
   *
   * @param nanoClock nanoseconds that only go forward
   */
  public KnownFigures(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * Takes a look at a document into account. What was seen earlier, and comes later, changes
   * nothing.
   *
   * @param document the document
   * @param version its last version
   * @param frontier how far its tree is behind; null when it is up to date
   */
  public void observe(DocumentId document, long version, @Nullable ReplayFrontier frontier) {
    backlog.observe(document, version, frontier, nanoClock.getAsLong());
  }

  /**
   * Counts the staged payloads of a document anew, after they have changed.
   *
   * @param document the document
   * @param counter counts them; what it throws is thrown
   * @return what it counted
   */
  public int countStaged(DocumentId document, IntSupplier counter) {
    return staged.count(document, counter);
  }

  /**
   * Tells whether a document is known to have staged payloads.
   *
   * @param document the document
   * @return whether any are counted
   */
  public boolean hasStaged(DocumentId document) {
    return staged.hasAny(document);
  }

  /** Says that all documents that there are have been looked at. */
  public void surveyed() {
    backlog.setComplete();
    staged.setComplete();
  }

  @Override
  public OptionalLong pendingOperations() {
    return backlog.isKnown() ? OptionalLong.of(backlog.pending()) : OptionalLong.empty();
  }

  @Override
  public OptionalLong documentsBehind() {
    return backlog.isKnown() ? OptionalLong.of(backlog.documents()) : OptionalLong.empty();
  }

  @Override
  public OptionalLong oldestFrontierNanos() {
    return backlog.isKnown()
        ? OptionalLong.of(backlog.oldestNanos(nanoClock.getAsLong()))
        : OptionalLong.empty();
  }

  @Override
  public OptionalLong stagedPayloads() {
    return staged.isKnown() ? OptionalLong.of(staged.sum()) : OptionalLong.empty();
  }
}
