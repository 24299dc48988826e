package dev.tidemark.spi;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An opened store. Safe for several threads; each transaction is for one.
 *
 * <p>After {@link #close} every method throws {@code CLOSED}, {@link #isReadOnly} and those of its
 * transactions and signals included; {@link #capabilities} may go on to answer.
 */
public interface Backend extends AutoCloseable {
  /**
   * Returns what it supports.
   *
   * @return all, unless overridden
   */
  default Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /**
   * Tells whether writing is refused.
   *
   * @return whether {@link #beginWrite} throws {@code READ_ONLY}
   */
  boolean isReadOnly();

  /**
   * Begins to read one document at a snapshot: everything that was committed before this call, and
   * nothing after it (rule B3). It neither waits for writers nor makes them wait.
   *
   * @param document the document, which need not exist
   * @return the transaction, to be closed by the caller
   */
  ReadTransaction beginRead(DocumentId document);

  /**
   * Begins to write one document. Writers of one document are serialized, in this process and
   * across processes, from here to the end of the transaction; it sees what all writers before it
   * committed (rule B2).
   *
   * @param document the document; it comes into being with the first commit that adds a row to it,
   *     and not by a commit that adds none or only removes
   * @return the transaction, to be closed by the caller, which rolls it back unless it was
   *     committed
   * @throws dev.tidemark.api.TidemarkException with {@code READ_ONLY}; {@code INVALID_ARGUMENT}
   *     where this thread would wait for its own transaction; or {@code STORE_BUSY} when another
   *     writer does not finish in time
   */
  WriteTransaction beginWrite(DocumentId document);

  /**
   * Lists documents that exist, ascending by the UTF-8 bytes of their names. A document exists from
   * the first commit on that added a row to it (rule B8); no call takes it away again.
   *
   * @param after the name to start after, excluded, which need not exist; null to start at the
   *     first
   * @param limit the most to return, from 1
   * @return the names
   * @throws dev.tidemark.api.TidemarkException with {@code INVALID_ARGUMENT} if the limit is below
   *     1
   */
  List<DocumentId> documents(@Nullable DocumentId after, int limit);

  /**
   * Begins to listen for commits to a document, those of other processes included ({@link
   * Capability#COMMIT_SIGNAL}).
   *
   * @param document the document, which need not exist
   * @return the signal, to be closed by the caller
   * @throws dev.tidemark.api.TidemarkException with {@code UNSUPPORTED}; who waits for commits then
   *     looks at {@link ReadTransaction#state} from time to time
   */
  default CommitSignal commitSignal(DocumentId document) {
    throw TidemarkException.of(ErrorCode.UNSUPPORTED)
        .with(Detail.PROBLEM, "the backend does not tell of commits")
        .with(Detail.DOCUMENT, document)
        .build();
  }

  /**
   * Closes the store and frees what it holds: transactions that are under way are rolled back, and
   * writers of other openings get their turn. Closing twice does nothing (rule B9).
   */
  @Override
  void close();
}
