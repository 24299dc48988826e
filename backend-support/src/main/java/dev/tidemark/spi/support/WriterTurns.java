package dev.tidemark.spi.support;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to write (rule B2). The threads of this process queue here, first come, first
 * served, and need hold nothing of the engine's meanwhile; those of different processes meet at the
 * lock of the engine, which knows no queue. Safe for several threads.
 *
 * @param <K> what has one writer at a time: a document, a document of one of several stores, a file
 */
public final class WriterTurns<K> {
  private final long patienceMillis;
  private final String busyRemedy;
  private final Refusal<K> refusal;
  private final Map<K, Queue> queues = new HashMap<>();

  /**
   * Makes the turns of a store, or of several.
   *
   * @param patienceMillis how long a thread waits for others
   * @param busyRemedy what to do when that was too short, such as "try again"
   * @param refusal says that there is no turn
   */
  public WriterTurns(long patienceMillis, String busyRemedy, Refusal<K> refusal) {
    this.patienceMillis = patienceMillis;
    this.busyRemedy = busyRemedy;
    this.refusal = refusal;
  }

  /**
   * Says why there is no turn, with what names the store.
   *
   * @param <K> what has one writer at a time
   */
  @FunctionalInterface
  public interface Refusal<K> {
    /**
     * Begins the exception.
     *
     * @param key what was to be written
     * @param code {@link ErrorCode#STORE_BUSY}, {@link ErrorCode#INTERRUPTED}, or {@link
     *     ErrorCode#INVALID_ARGUMENT} for a thread that would wait for itself
     * @param problem to be added as {@link dev.tidemark.api.Detail#PROBLEM}
     * @param remedy to be added as {@link dev.tidemark.api.Detail#REMEDY}
     * @return the exception so far
     */
    TidemarkException.Builder of(K key, ErrorCode code, String problem, String remedy);
  }

  /** Those who write or wait; kept as long as there are any. */
  private static final class Queue {
    /** A semaphore and no lock, so that a transaction may end on another thread than it began. */
    private final Semaphore permit = new Semaphore(1, true);

    private volatile @Nullable Thread holder;
    private int users;

    private boolean isMine() {
      return Thread.currentThread().equals(holder);
    }
  }

  /** The turn of one writer. */
  public static final class Turn {
    private final Runnable ending;
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    private Turn(Runnable ending) {
      this.ending = ending;
    }

    /** Ends the turn, on whatever thread; the second time, nothing happens. */
    public void end() {
      if (hasEnded.compareAndSet(false, true)) {
        ending.run();
      }
    }
  }

  /**
   * Waits for the turn.
   *
   * @param key what is to be written
   * @return the turn, to be ended
   * @throws TidemarkException with {@link ErrorCode#STORE_BUSY} if another thread writes for too
   *     long, {@link ErrorCode#INTERRUPTED} if this thread was interrupted, {@link
   *     ErrorCode#INVALID_ARGUMENT} if it is this thread that writes already
   */
  public Turn take(K key) {
    Queue queue = join(key);
    boolean isTaken = false;
    try {
      if (queue.isMine()) {
        // No STORE_BUSY, which is tried again: it would wait for itself each time.
        throw refusal
            .of(
                key,
                ErrorCode.INVALID_ARGUMENT,
                "this thread writes already",
                "end its write transaction first")
            .build();
      }
      isTaken = await(queue);
      if (!isTaken) {
        throw refusal
            .of(key, ErrorCode.STORE_BUSY, "another thread writes for too long", busyRemedy)
            .build();
      }
      return begin(key, queue);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal
          .of(
              key,
              ErrorCode.INTERRUPTED,
              "the thread waited to write",
              "call again if it is still wanted")
          .causedBy(e)
          .build();
    } finally {
      if (!isTaken) {
        leave(key, queue);
      }
    }
  }

  /**
   * Lets whoever writes finish, so that closing a store does not undo work that is about to be
   * committed.
   *
   * @param key what is written
   * @return the turn, to be ended; none after the time for it, and none if this thread writes
   */
  public Optional<Turn> takeLast(K key) {
    Queue queue = join(key);
    boolean isTaken = false;
    try {
      isTaken = !queue.isMine() && await(queue);
      return isTaken ? Optional.of(begin(key, queue)) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      if (!isTaken) {
        leave(key, queue);
      }
    }
  }

  private boolean await(Queue queue) throws InterruptedException {
    return queue.permit.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS);
  }

  private Turn begin(K key, Queue queue) {
    queue.holder = Thread.currentThread();
    return new Turn(
        () -> {
          queue.holder = null;
          queue.permit.release();
          leave(key, queue);
        });
  }

  private synchronized Queue join(K key) {
    Queue queue = queues.computeIfAbsent(key, unused -> new Queue());
    queue.users++;
    return queue;
  }

  private synchronized void leave(K key, Queue queue) {
    queue.users--;
    if (queue.users == 0) {
      queues.remove(key);
      notifyAll();
    }
  }

  /**
   * Waits until no other thread writes anything.
   *
   * @param mostMillis the longest wait
   */
  public synchronized void awaitOthers(long mostMillis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis);
    try {
      while (queues.values().stream().anyMatch(queue -> !queue.isMine())) {
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
