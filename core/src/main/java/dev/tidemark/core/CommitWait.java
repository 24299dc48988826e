package dev.tidemark.core;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.CommitSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until it is worth to look for commits again: told by the backend where it tells, else after
 * an interval. {@link #close} may be called from any thread and ends a wait.
 */
final class CommitWait implements AutoCloseable {
  /** Who is told of commits looks this often all the same, to give up snapshots that grow old. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Backend backend;
  private final DocumentId document;
  private final Duration interval;
  private boolean isTold;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable CommitSignal signal;

  CommitWait(Backend backend, DocumentId document, Duration interval) {
    this.backend = backend;
    this.document = document;
    this.interval = interval;
    this.isTold = backend.capabilities().contains(Capability.COMMIT_SIGNAL);
    if (isTold) {
      listen();
    }
  }

  /**
   * Waits; the caller looks afterwards, whatever ended it.
   *
   * @param remaining the longest wait
   */
  void await(Duration remaining) {
    CommitSignal current = signal();
    if (current != null) {
      awaitSignal(current, shorter(remaining, LONGEST));
    } else {
      pause(shorter(remaining, interval));
      if (isTold) {
        listen();
      }
    }
  }

  private void awaitSignal(CommitSignal current, Duration longest) {
    try {
      current.await(longest);
    } catch (TidemarkException e) {
      if (!e.isRetryable()) {
        throw e;
      }
      // What is committed until the next one listens is seen by the look that comes after.
      drop(current);
      listen();
    }
  }

  private void pause(Duration duration) {
    try {
      closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TidemarkException.of(ErrorCode.INTERRUPTED).causedBy(e).build();
    }
  }

  private synchronized void listen() {
    if (closed.getCount() > 0 && signal == null) {
      try {
        signal = backend.commitSignal(document);
      } catch (TidemarkException e) {
        if (e.code() == ErrorCode.UNSUPPORTED) {
          isTold = false;
        } else if (!e.isRetryable()) {
          throw e;
        }
        // Looking from time to time must do, where the server is away until it is back.
      }
    }
  }

  private synchronized void drop(CommitSignal lost) {
    signal = null;
    lost.close();
  }

  private synchronized @Nullable CommitSignal signal() {
    return signal;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void close() {
    closed.countDown();
    synchronized (this) {
      if (signal != null) {
        signal.close();
        signal = null;
      }
    }
  }
}
