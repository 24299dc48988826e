package dev.tidemark.core.internal.figures;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.api.StoreFigures;
import java.util.OptionalLong;
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
   * Takes a count of staged payloads into account.
   *
   * @param document the document
   * @param count how many it has
   */
  public void setStaged(DocumentId document, int count) {
    staged.set(document, count);
  }

  /**
   * Takes a change of the number of staged payloads into account.
   *
   * @param document the document
   * @param change how many more, or fewer when negative
   * @return false if the number before is not known, so that it must be counted
   */
  public boolean addStaged(DocumentId document, int change) {
    return staged.add(document, change);
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
    backlog.setKnown();
    staged.setKnown();
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
