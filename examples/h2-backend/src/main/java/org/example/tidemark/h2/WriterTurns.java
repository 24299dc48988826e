package org.example.tidemark.h2;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

// tutorial: turns
/**
 * One writer per document at a time, of all openings of a file in this process; H2 keeps other
 * processes out. Its own row locks come too late: they are taken by the first write, and the
 * snapshot that a writer decides on by its first read.
 */
final class WriterTurns {
  private static final int BUSY_SECONDS = 30;
  private static final Map<Key, WriterTurns> TURNS = new ConcurrentHashMap<>();

  /** A semaphore and no lock, so that a transaction may end on another thread than it began. */
  private final Semaphore turn = new Semaphore(1, true);

  private volatile @Nullable Thread holder;
  private int users;

  /** One document in one file. */
  private record Key(Path path, DocumentId document) {}

  private WriterTurns() {}

  /**
   * Takes the document's turn.
   *
   * @return what ends it
   */
  static Runnable take(Database database, DocumentId document) {
    Key key = new Key(database.path(), document);
    WriterTurns turns =
        TURNS.compute(
            key,
            (unused, known) -> {
              WriterTurns used = known == null ? new WriterTurns() : known;
              used.users++;
              return used;
            });
    boolean isTaken = false;
    try {
      turns.await(database, document);
      isTaken = true;
    } finally {
      if (!isTaken) {
        leave(key);
      }
    }
    return () -> {
      turns.holder = null;
      turns.turn.release();
      leave(key);
    };
  }

  // tutorial: end

  private static void leave(Key key) {
    TURNS.computeIfPresent(key, (unused, known) -> --known.users == 0 ? null : known);
  }

  private void await(Database database, DocumentId document) {
    try {
      if (!turn.tryAcquire()) {
        if (holder == Thread.currentThread()) {
          throw database
              .failure(ErrorCode.INVALID_ARGUMENT)
              .with(Detail.PROBLEM, "this thread has a transaction that writes the document")
              .with(Detail.REMEDY, "end it first")
              .with(Detail.DOCUMENT, document)
              .build();
        }
        if (!turn.tryAcquire(BUSY_SECONDS, TimeUnit.SECONDS)) {
          throw database
              .failure(ErrorCode.STORE_BUSY)
              .with(Detail.DOCUMENT, document)
              .with(Detail.LIMIT, BUSY_SECONDS + " s")
              .build();
        }
      }
      holder = Thread.currentThread();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      TidemarkException.Builder failure = database.failure(ErrorCode.INTERRUPTED);
      throw failure.with(Detail.DOCUMENT, document).causedBy(e).build();
    }
  }
}
