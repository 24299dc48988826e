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
    final List<Consumer<ChangeSet>> listeners = new CopyOnWriteArrayList<>();
    final Queue<ChangeSet> queue = new ConcurrentLinkedQueue<>();
    final AtomicBoolean isDelivering = new AtomicBoolean();
  }

  /**
   * Adds a listener.
   *
   * @param document the document
   * @param listener receives its changes
   * @return removes the listener when run
   */
  public Runnable listen(DocumentId document, Consumer<ChangeSet> listener) {
    // A wrapper of its own, so that one listener added twice is removed once.
    Consumer<ChangeSet> registered = changes -> listener.accept(changes);
    channels.compute(
        document,
        (id, channel) -> {
          Channel open = channel == null ? new Channel() : channel;
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
   * @param <T> the result
   * @return the result
   */
  public <T> T publish(
      DocumentId document, Supplier<T> commit, Function<T, List<ChangeSet>> changesOf) {
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
            channel.queue.add(changes);
          }
        }
      }
    } finally {
      lock.unlock();
    }
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
        for (ChangeSet next = channel.queue.poll(); next != null; next = channel.queue.poll()) {
          for (Consumer<ChangeSet> listener : channel.listeners) {
            tell(listener, next);
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
