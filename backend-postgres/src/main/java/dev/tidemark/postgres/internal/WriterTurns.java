package dev.tidemark.postgres.internal;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.postgres.internal.store.StoreName;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to write a document. Threads of this process queue here, first come, first
 * served, and hold no connection meanwhile; only those of different processes meet at the server.
 */
final class WriterTurns {
  private final StoreName name;
  private final int patienceMillis;
  private final Map<DocumentId, Turn> turns = new HashMap<>();

  WriterTurns(StoreName name, int patienceMillis) {
    this.name = name;
    this.patienceMillis = patienceMillis;
  }

  /** The turn of one document, kept as long as somebody has it or waits for it. */
  final class Turn {
    private final DocumentId document;
    private final Semaphore permit = new Semaphore(1, true);
    private volatile @Nullable Thread holder;
    private int users;

    private Turn(DocumentId document) {
      this.document = document;
    }

    private boolean isMine() {
      return Thread.currentThread().equals(holder);
    }

    /** Ends the turn, in whatever thread. */
    void end() {
      holder = null;
      permit.release();
      leave(this);
    }
  }

  /** Waits for the turn. */
  Turn take(DocumentId document) {
    Turn turn = join(document);
    boolean isTaken = false;
    try {
      if (turn.isMine()) {
        // No STORE_BUSY, which is tried again: it would wait for itself each time.
        throw name.failure(
                ErrorCode.INVALID_ARGUMENT,
                "this thread writes the document already",
                "end its write transaction first")
            .with(Detail.DOCUMENT, document)
            .build();
      }
      isTaken = await(turn);
      if (!isTaken) {
        throw name.failure(
                ErrorCode.STORE_BUSY,
                "another thread writes the document for too long",
                "try again, or raise the URI's lock_timeout")
            .with(Detail.DOCUMENT, document)
            .build();
      }
      turn.holder = Thread.currentThread();
      return turn;
    } finally {
      if (!isTaken) {
        leave(turn);
      }
    }
  }

  private boolean await(Turn turn) {
    try {
      return turn.permit.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw name.failure(
              ErrorCode.INTERRUPTED,
              "the thread waited to write",
              "call again if it is still wanted")
          .causedBy(e)
          .build();
    }
  }

  private synchronized Turn join(DocumentId document) {
    Turn turn = turns.computeIfAbsent(document, Turn::new);
    turn.users++;
    return turn;
  }

  private synchronized void leave(Turn turn) {
    turn.users--;
    if (turn.users == 0) {
      turns.remove(turn.document);
      notifyAll();
    }
  }

  /** Waits until no other thread writes, but not for longer than writers wait. */
  synchronized void awaitOthers() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    try {
      while (turns.values().stream().anyMatch(turn -> !turn.isMine())) {
        long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (rest <= 0) {
          return;
        }
        wait(rest);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
