package dev.tidemark.spi;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.Position;
import org.jspecify.annotations.Nullable;

/**
 * The one row that every append of a document updates.
 *
 * @param version the last committed version; 0 before the first
 * @param operations the number of operations in the log
 * @param head the largest canonical key in the log; null while the log is empty
 * @param innerHead the largest canonical key in the inner index; null while it is empty
 * @param materialized the last position that the tree reflects; {@link Position#START} for none
 * @param pending the number of operations after {@code materialized}
 * @param frontier the smallest canonical key of these; null when there are none
 */
public record DocumentState(
    long version,
    long operations,
    @Nullable CanonicalKey head,
    @Nullable CanonicalKey innerHead,
    Position materialized,
    long pending,
    @Nullable CanonicalKey frontier) {
  /** The state of a document that does not exist. */
  public static final DocumentState EMPTY =
      new DocumentState(0, 0, null, null, Position.START, 0, null);
}
