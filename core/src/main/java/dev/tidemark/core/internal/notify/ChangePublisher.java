package dev.tidemark.core.internal.notify;

import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.DocumentId;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands net changes to the listeners of a document. Safe for several threads. */
public final class ChangePublisher {
  private static final System.Logger LOG = System.getLogger(ChangePublisher.class.getName());

  private final Map<DocumentId, Channel> channels = new ConcurrentHashMap<>();

  private static final class Channel {
    final List<Consumer<ChangeSet>> listeners = new CopyOnWriteArrayList<>();
    final Queue<ChangeSet> queue = new ConcurrentLinkedQueue<>();
    final AtomicBoolean isDelivering = new AtomicBoolean();

    /** Held from before a commit until its changes are queued: that makes the order of versions. */
    final ReentrantLock committing = new ReentrantLock(true);
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
    Channel channel = channels.get(document);
    if (channel == null) {
      return commit.get();
    }
    T result;
    channel.committing.lock();
    try {
      result = commit.get();
      for (ChangeSet changes : changesOf.apply(result)) {
        if (!changes.isEmpty()) {
          channel.queue.add(changes);
        }
      }
    } finally {
      channel.committing.unlock();
    }
    deliver(channel);
    return result;
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
