package dev.tidemark.conformance.memory;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The documents of one store. */
final class MemoryStore {
  private static final int BUSY_SECONDS = 30;

  /** The order that the interface asks for; that of strings differs beyond the basic plane. */
  private static final Comparator<DocumentId> BY_UTF8 =
      (one, other) ->
          Arrays.compareUnsigned(
              one.value().getBytes(StandardCharsets.UTF_8),
              other.value().getBytes(StandardCharsets.UTF_8));

  private final ConcurrentMap<DocumentId, Slot> slots = new ConcurrentHashMap<>();

  Slot slot(DocumentId document) {
    return slots.computeIfAbsent(document, id -> new Slot());
  }

  List<DocumentId> documents(@Nullable DocumentId after, int limit) {
    return slots.entrySet().stream()
        .filter(entry -> entry.getValue().exists)
        .map(Map.Entry::getKey)
        .filter(document -> after == null || BY_UTF8.compare(document, after) > 0)
        .sorted(BY_UTF8)
        .limit(limit)
        .toList();
  }

  /** One document: its committed rows, and the right to write the next ones. */
  static final class Slot {
    /** A semaphore and no lock, so that a transaction may end on another thread than it began. */
    private final Semaphore writer = new Semaphore(1, true);

    private volatile boolean exists;
    private volatile Rows committed = new Rows();

    Rows committed() {
      return committed;
    }

    void commit(Rows rows, boolean hasContent) {
      committed = rows;
      if (hasContent) {
        exists = true;
      }
    }

    void lock(DocumentId document) {
      try {
        if (!writer.tryAcquire(BUSY_SECONDS, TimeUnit.SECONDS)) {
          throw TidemarkException.of(ErrorCode.STORE_BUSY)
              .with(Detail.DOCUMENT, document)
              .with(Detail.LIMIT, BUSY_SECONDS + " s")
              .build();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw TidemarkException.of(ErrorCode.INTERRUPTED)
            .with(Detail.DOCUMENT, document)
            .causedBy(e)
            .build();
      }
    }

    void unlock() {
      writer.release();
    }
  }
}
