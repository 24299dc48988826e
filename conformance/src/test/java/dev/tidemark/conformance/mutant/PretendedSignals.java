package dev.tidemark.conformance.mutant;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.CommitSignal;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Lets the in-memory backend tell of commits, as it should but for who is woken by an end.
 *
 * @param isWokenBySignal whether the end of a signal ends its waits
 * @param isWokenByStore whether the end of the store does
 */
record PretendedSignals(boolean isWokenBySignal, boolean isWokenByStore) {
  Defect defect() {
    Commits commits = new Commits();
    return Defect.in(
            "capabilities",
            call -> {
              Set<Capability> declared = EnumSet.copyOf(call.<Set<Capability>>proceed());
              declared.add(Capability.COMMIT_SIGNAL);
              return declared;
            })
        .and(
            "commitSignal",
            call -> {
              // Refused after the end of the store.
              ((Backend) call.target()).isReadOnly();
              return new Signal(commits, (Backend) call.target());
            })
        .and(
            "commit",
            call -> {
              Object result = call.proceed();
              commits.add();
              return result;
            })
        .and(
            "close",
            call -> {
              Object result = call.proceed();
              if (call.target() instanceof Backend store) {
                commits.end(store);
              }
              return result;
            });
  }

  /** Those of all stores: a signal may come without a commit. */
  private final class Commits {
    private final Set<Backend> ended = Collections.newSetFromMap(new IdentityHashMap<>());
    private long count;

    synchronized void add() {
      count++;
      notifyAll();
    }

    synchronized void end(Backend store) {
      ended.add(store);
      if (isWokenByStore) {
        notifyAll();
      }
    }
  }

  private final class Signal implements CommitSignal {
    private final Commits commits;
    private final Backend store;
    private long seen;
    private boolean isClosed;

    Signal(Commits commits, Backend store) {
      this.commits = commits;
      this.store = store;
    }

    @Override
    public boolean await(Duration timeout) {
      long end = System.nanoTime() + timeout.toNanos();
      synchronized (commits) {
        while (true) {
          if (isClosed || commits.ended.contains(store)) {
            throw TidemarkException.of(ErrorCode.CLOSED).build();
          }
          if (commits.count != seen) {
            seen = commits.count;
            return true;
          }
          long left = end - System.nanoTime();
          if (left <= 0) {
            return false;
          }
          try {
            TimeUnit.NANOSECONDS.timedWait(commits, left);
          } catch (InterruptedException e) {
            throw TidemarkException.of(ErrorCode.INTERRUPTED).causedBy(e).build();
          }
        }
      }
    }

    @Override
    public void close() {
      synchronized (commits) {
        isClosed = true;
        if (isWokenBySignal) {
          commits.notifyAll();
        }
      }
    }
  }
}
