package dev.tidemark.conformance.mutant;

import dev.tidemark.spi.Backend;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Backends in which somebody waits who must not, and those whose end leaves something. */
final class WaitingMutants {
  private WaitingMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.ofBackend(
            "B3",
            "a reader waits for the writer",
            "Storage.Writer#aReaderDoesNotWaitForAWriter",
            waitingReaders()),
        Mutant.ofBackend(
            "B2",
            "a rollback keeps the turn",
            "Storage.Writer#aWriterThatRollsBackLetsTheNextOneIn",
            Defect.in(
                "close",
                call -> call.target() instanceof WriteTransaction ? null : call.proceed())),
        Mutant.ofBackend(
            "B1",
            "closing a store commits what is under way",
            "Storage.Lifecycle#aStoreThatIsClosedWhileSomeoneWritesHasNothingOfIt",
            closing(WriteTransaction::commit)),
        Mutant.ofBackend(
            "B1",
            "closing a store leaves what is under way open",
            "Storage.Lifecycle#aStoreThatIsClosedWhileSomeoneWritesHasNothingOfIt",
            Defect.in("close", call -> call.target() instanceof Backend ? null : call.proceed())),
        Mutant.ofBackend(
            "B11",
            "the end of a signal wakes nobody",
            "Storage.Signal#closingEndsAWait",
            new PretendedSignals(false, true).defect()),
        Mutant.ofBackend(
            "B11",
            "the end of a store wakes nobody",
            "Storage.Signal#closingTheStoreEndsAWait",
            new PretendedSignals(true, false).defect()));
  }

  private static Defect waitingReaders() {
    AtomicInteger writers = new AtomicInteger();
    return Defect.in(
            "beginWrite",
            call -> {
              Object writing = call.proceed();
              writers.incrementAndGet();
              return writing;
            })
        .and(
            "close",
            call -> {
              if (call.target() instanceof WriteTransaction) {
                writers.decrementAndGet();
              }
              return call.proceed();
            })
        .and(
            "beginRead",
            call -> {
              while (writers.get() > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(1_000_000);
              }
              return call.proceed();
            });
  }

  /** What becomes of a transaction whose store is closed. */
  private interface Ending {
    void end(WriteTransaction writing);
  }

  private static Defect closing(Ending ending) {
    Set<WriteTransaction> open = ConcurrentHashMap.newKeySet();
    return Defect.in(
            "beginWrite",
            call -> {
              WriteTransaction writing = call.proceed();
              open.add(writing);
              return writing;
            })
        .and(
            "close",
            call -> {
              if (call.target() instanceof Backend) {
                open.forEach(ending::end);
                open.clear();
              } else {
                open.remove(call.target());
              }
              return call.proceed();
            });
  }
}
