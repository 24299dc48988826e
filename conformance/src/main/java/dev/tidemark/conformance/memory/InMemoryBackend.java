package dev.tidemark.conformance.memory;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One opening of a store in memory. */
final class InMemoryBackend implements Backend {
  private final MemoryStore store;
  private final boolean isReadOnly;
  private final Runnable onClose;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Set<MemoryWriteTransaction> writing = ConcurrentHashMap.newKeySet();

  InMemoryBackend(MemoryStore store, boolean isReadOnly, Runnable onClose) {
    this.store = store;
    this.isReadOnly = isReadOnly;
    this.onClose = onClose;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.READ_ONLY_OPEN);
  }

  @Override
  public boolean isReadOnly() {
    checkOpen();
    return isReadOnly;
  }

  @Override
  public ReadTransaction beginRead(DocumentId document) {
    checkOpen();
    return new MemoryReadTransaction(this, document, store.slot(document).committed());
  }

  @Override
  public WriteTransaction beginWrite(DocumentId document) {
    checkOpen();
    if (isReadOnly) {
      throw TidemarkException.of(ErrorCode.READ_ONLY).with(Detail.DOCUMENT, document).build();
    }
    MemoryStore.Slot slot = store.slot(document);
    slot.lock(document);
    MemoryWriteTransaction transaction =
        new MemoryWriteTransaction(this, document, slot, writing::remove);
    writing.add(transaction);
    if (isClosed.get()) {
      // Closed while this one waited for its turn, and maybe after the others were ended.
      transaction.close();
      checkOpen();
    }
    return transaction;
  }

  @Override
  public List<DocumentId> documents(@Nullable DocumentId after, int limit) {
    checkOpen();
    if (limit < 1) {
      throw TidemarkException.of(ErrorCode.INVALID_ARGUMENT)
          .with(Detail.PROBLEM, "a list of at most " + limit)
          .with(Detail.REMEDY, "ask for 1 or more")
          .build();
    }
    return store.documents(after, limit);
  }

  @Override
  public void close() {
    if (!isClosed.getAndSet(true)) {
      // Nobody else can end them: their threads may never call again.
      writing.forEach(MemoryWriteTransaction::close);
      onClose.run();
    }
  }

  /** Refuses use after close; transactions end with the store that began them. */
  void checkOpen() {
    if (isClosed.get()) {
      throw TidemarkException.of(ErrorCode.CLOSED).build();
    }
  }
}
