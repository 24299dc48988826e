package dev.tidemark.core.internal.notify;

import com.google.common.util.concurrent.Striped;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands net changes to the listeners of a document. Safe for several threads. */
public final class ChangePublisher {
  private static final System.Logger LOG = System.getLogger(ChangePublisher.class.getName());

  /** Longer than any write is meant to take; the thread that holds the lock may be stuck. */
  private static final long LOCK_SECONDS = 60;

  /**
   * So many that no two documents share one in practice: they would wait for each other (rule B2).
   * Only those in use take memory.
   */
  private static final int LOCKS = 1 << 30;

  private final Map<DocumentId, Channel> channels = new ConcurrentHashMap<>();

  /**
   * Held from before a commit until its changes are queued: that makes the order of versions. Taken
   * whether or not anybody listens, so that one who begins to listen misses no later commit.
   */
  private final Striped<Lock> committing = Striped.lazyWeakLock(LOCKS);

  private final Consumer<ErrorCode> failed;

  /**
   * Has no listeners yet.
   *
   * @param failed learns when nothing could be committed because of another thread
   */
  public ChangePublisher(Consumer<ErrorCode> failed) {
    this.failed = failed;
  }

  private static final class Channel {
    final List<Listener> listeners = new CopyOnWriteArrayList<>();
    final Queue<Queued> queue = new ConcurrentLinkedQueue<>();
    final AtomicLong queued = new AtomicLong();
    final AtomicBoolean isDelivering = new AtomicBoolean();
  }

  /** Changes that wait to be told, numbered from 1 in a channel. */
  private record Queued(long number, ChangeSet changes) {}

  /** A listener. One that is added twice is two of them, so each is removed by itself. */
  private static final class Listener {
    final Consumer<ChangeSet> consumer;

    /**
     * The last that was queued when it was added: it is not told of it. Set before it is listed.
     */
    long after;

    Listener(Consumer<ChangeSet> consumer) {
      this.consumer = consumer;
    }
  }

  /**
   * Adds a listener.
   *
   * @param document the document
   * @param listener receives its changes
   * @return removes the listener when run
   */
  public Runnable listen(DocumentId document, Consumer<ChangeSet> listener) {
    Listener registered = new Listener(listener);
    channels.compute(
        document,
        (id, channel) -> {
          Channel open = channel == null ? new Channel() : channel;
          registered.after = open.queued.get();
          open.listeners.add(registered);
          return open;
        });
    return () ->
        channels.computeIfPresent(
            document,
            (id, channel) -> {
              channel.listeners.remove(registered);
              return channel.listeners.isEmpty() ? null : channel;
            });
  }

  /**
   * Commits, then hands over what changed.
   *
   * @param document the document
   * @param commit does the work and returns after its commit
   * @param changesOf finds the changes in the result
   * @param committed learns of the result before the listeners, which may take their time
   * @param <T> the result
   * @return the result
   */
  public <T> T publish(
      DocumentId document,
      Supplier<T> commit,
      Function<T, List<ChangeSet>> changesOf,
      Consumer<T> committed) {
    Lock lock = committing.get(document);
    take(lock, document);
    Channel channel;
    T result;
    try {
      result = commit.get();
      channel = channels.get(document);
      if (channel != null) {
        for (ChangeSet changes : changesOf.apply(result)) {
          if (!changes.isEmpty()) {
            channel.queue.add(new Queued(channel.queued.incrementAndGet(), changes));
          }
        }
      }
    } finally {
      lock.unlock();
    }
    committed.accept(result);
    if (channel != null) {
      deliver(channel);
    }
    return result;
  }

  private void take(Lock lock, DocumentId document) {
    try {
      if (!lock.tryLock(LOCK_SECONDS, TimeUnit.SECONDS)) {
        failed.accept(ErrorCode.STORE_BUSY);
        throw TidemarkException.of(ErrorCode.STORE_BUSY)
            .with(Detail.DOCUMENT, document)
            .with(Detail.PROBLEM, "another thread writes for longer than " + LOCK_SECONDS + " s")
            .build();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed.accept(ErrorCode.INTERRUPTED);
      throw TidemarkException.of(ErrorCode.INTERRUPTED).causedBy(e).build();
    }
  }

  /** One thread delivers at a time; the others leave their changes to it. */
  private static void deliver(Channel channel) {
    while (!channel.queue.isEmpty() && channel.isDelivering.compareAndSet(false, true)) {
      try {
        for (Queued next = channel.queue.poll(); next != null; next = channel.queue.poll()) {
          for (Listener listener : channel.listeners) {
            if (next.number > listener.after) {
              tell(listener.consumer, next.changes);
            }
          }
        }
      } finally {
        channel.isDelivering.set(false);
      }
    }
  }

  /** A listener that fails harms neither the writer nor the other listeners. */
  private static void tell(Consumer<ChangeSet> listener, ChangeSet changes) {
    try {
      listener.accept(changes);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      @Nullable Throwable cause = e;
      LOG.log(System.Logger.Level.WARNING, "a change listener failed", cause);
    }
  }
}
