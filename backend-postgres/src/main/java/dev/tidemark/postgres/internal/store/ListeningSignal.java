package dev.tidemark.postgres.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.CommitSignal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One document's commits, as {@link CommitListener} hears of them. */
final class ListeningSignal implements CommitSignal {
  private final CommitListener listener;
  private final StoreName name;
  private final DocumentId document;
  private final String number;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean isTold;
  private boolean isClosed;
  private @Nullable Throwable failure;

  ListeningSignal(CommitListener listener, StoreName name, DocumentId document, long number) {
    this.listener = listener;
    this.name = name;
    this.document = document;
    this.number = Long.toString(number);
  }

  void tell(String committed) {
    if (committed.equals(number)) {
      change(() -> isTold = true);
    }
  }

  void fail(Throwable cause) {
    change(() -> failure = cause);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean await(Duration timeout) {
    lock.lock();
    try {
      long rest = nanos(timeout);
      while (!isTold && !isClosed && failure == null && rest > 0) {
        rest = changed.awaitNanos(rest);
      }
      ensureUsable();
      boolean result = isTold;
      isTold = false;
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(ErrorCode.INTERRUPTED, "the thread waited for a commit", "wait again")
          .causedBy(e)
          .build();
    } finally {
      lock.unlock();
    }
  }

  private static long nanos(Duration timeout) {
    return TimeUnit.NANOSECONDS.convert(timeout);
  }

  private void ensureUsable() {
    if (isClosed) {
      throw failure(ErrorCode.CLOSED, "the signal has ended", "make another one").build();
    }
    Throwable cause = failure;
    if (cause != null && !isTold) {
      throw failure(
              ErrorCode.CONNECTION_LOST,
              "the server does not tell of commits any more",
              "make another signal")
          .causedBy(cause)
          .build();
    }
  }

  private TidemarkException.Builder failure(ErrorCode code, String problem, String remedy) {
    return name.failure(code, problem, remedy).with(Detail.DOCUMENT, document);
  }

  @Override
  public void close() {
    change(() -> isClosed = true);
    listener.remove(this);
  }
}
