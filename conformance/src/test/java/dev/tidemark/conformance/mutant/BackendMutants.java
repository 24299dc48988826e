package dev.tidemark.conformance.mutant;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Backends that break what transactions, documents and stores owe. */
final class BackendMutants {
  private BackendMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.ofBackend(
            "B1",
            "what was not committed is kept",
            "Storage.Transaction",
            Defect.in("close", BackendMutants::commitAnyway)),
        Mutant.ofBackend(
            "B1",
            "a commit keeps nothing",
            "Storage.Transaction#allThatWasCommittedIsThere",
            Defect.in("commit", call -> close(call.target()))),
        Mutant.ofBackend(
            "B8",
            "reading makes a document",
            "Operation.UnknownDocument#readingAnUnknownDocumentFindsNothingAndMakesNothing",
            madeByReading()),
        Mutant.ofBackend(
            "B2",
            "a writer reads before it has the lock",
            "Storage.Writer#versionsAreGivenOneAfterTheOther",
            staleState()),
        Mutant.ofBackend(
            "B3",
            "a reader sees what is committed later",
            "Storage.Transaction#aReaderSeesWhatWasCommittedWhenItBegan",
            noSnapshot()),
        Mutant.ofBackend(
            "B3",
            "a snapshot is taken with the first read",
            "Storage.Transaction#aReaderSeesTheSameWhetherItHasReadBeforeTheCommitOrNot",
            lateSnapshot()),
        Mutant.ofBackend(
            "B7",
            "an upgrade says that it found nothing",
            "Storage.Schema",
            SchemaDefects.forgetful()),
        Mutant.ofBackend(
            "B7",
            "a store that is up to date still has statements to run",
            "Storage.Schema",
            SchemaDefects.restless()),
        Mutant.ofBackend(
            "B7",
            "a store of a later release is opened",
            "Storage.Schema",
            SchemaDefects.trusting()),
        Mutant.ofBackend(
            "B8",
            "names of documents are folded to lower case",
            "Storage.Documents#namesThatLookAlikeAreDifferentDocuments",
            folded(name -> name.toLowerCase(Locale.ROOT))),
        Mutant.ofBackend(
            "B8",
            "a commit of nothing makes a document",
            "Storage.Documents#aCommitWithoutContentMakesNoDocument",
            Defect.in("commit", BackendMutants::putStateAndCommit)),
        Mutant.ofBackend(
            "B8",
            "names of documents are cut at 12 characters",
            "Operation.ManyDocuments",
            folded(name -> name.substring(0, Math.min(12, name.length())))),
        Mutant.ofBackend(
            "B9",
            "closing a store twice fails",
            "Storage.Lifecycle#closingTwiceDoesNothing",
            closingTwiceFails()),
        Mutant.ofBackend(
            "B9",
            "a transaction goes on after its end",
            "Storage.Transaction#useAfterTheEndIsRefused",
            Defect.in("close", call -> null)),
        Mutant.ofBackend(
            "B10",
            "a signal that is declared off is handed out",
            "Storage.Lifecycle#whatIsDeclaredOffIsRefused",
            Defect.in("commitSignal", call -> SilentSignal.INSTANCE)),
        Mutant.ofBackend(
            "B10",
            "a schema step that is declared off is handed out",
            "Storage.Lifecycle#whatIsDeclaredOffIsRefused",
            Defect.in("schema", call -> SchemaDefects.unasked())),
        Mutant.ofBackend(
            "B11",
            "a signal is declared on, and never comes",
            "Storage.Signal#aCommitOfAnyoneIsSignalled",
            Defect.in("capabilities", call -> with(call, Capability.COMMIT_SIGNAL))
                .and("commitSignal", call -> SilentSignal.INSTANCE)),
        Mutant.ofBackend(
            "C7",
            "reading takes the right to write",
            "Operation.LeastPrivilege#aReaderDrainsTheLogAndReadsTheTree",
            Defect.in("beginRead", BackendMutants::readThroughWriter)),
        Mutant.ofBackend(
            "C7",
            "mode READ lets writers in",
            "Operation.LeastPrivilege#aReaderThatWritesIsRefusedAndChangesNothing",
            Defect.in("open", BackendMutants::openToWrite)),
        Mutant.ofBackend(
            "R6",
            "a rollback leaves the log behind",
            "Replay.Fault#aFailedAppendLeavesTheStoreAsItWas",
            keptLog()),
        Mutant.ofBackend(
            "R8",
            "a rollback leaves the state behind",
            "Operation.MaintenanceFault#aCatchUpThatFailsIsTakenUpAgain",
            keptState()),
        Mutant.ofBackend(
            "A3",
            "a rollback leaves the progress behind",
            "Operation.MaintenanceFault",
            keptProgress()),
        Mutant.ofBackend(
            "S1",
            "the provider writes its scheme in capitals",
            "Storage.Lifecycle",
            Defect.in("schemes", call -> Set.of("memory", "MEMORY"))));
  }

  private static @Nullable Object putStateAndCommit(Call call) throws Throwable {
    WriteTransaction transaction = (WriteTransaction) call.target();
    transaction.putState(transaction.state());
    return call.proceed();
  }

  private static @Nullable Object commitAnyway(Call call) throws Throwable {
    if (call.target() instanceof WriteTransaction writing) {
      try {
        writing.commit();
      } catch (TidemarkException e) {
        // Committed before: this close is in order.
        return call.proceed();
      }
    }
    return call.proceed();
  }

  private static @Nullable Object close(Object transaction) {
    ((ReadTransaction) transaction).close();
    return null;
  }

  private static Defect madeByReading() {
    Set<DocumentId> read = Collections.newSetFromMap(new ConcurrentHashMap<>());
    return Defect.in(
            "beginRead",
            call -> {
              read.add(call.argument(0));
              return call.proceed();
            })
        .and("documents", call -> List.copyOf(read));
  }

  private static Defect staleState() {
    Map<Object, ReadTransaction> early = Collections.synchronizedMap(new IdentityHashMap<>());
    return Defect.in(
            "beginWrite",
            call -> {
              ReadTransaction before = ((Backend) call.target()).beginRead(call.argument(0));
              // Long enough for the other threads to come here as well.
              LockSupport.parkNanos(2_000_000);
              Object writing = call.proceed();
              early.put(writing, before);
              return writing;
            })
        .and(
            "state",
            call -> {
              ReadTransaction before = early.remove(call.target());
              return before == null ? call.proceed() : before.state();
            });
  }

  /** Every look of a reader is at what is committed by then. */
  private static Defect noSnapshot() {
    return reading((call, current) -> current);
  }

  private static Defect lateSnapshot() {
    IdentityHashMap<Object, ReadTransaction> first = new IdentityHashMap<>();
    return reading((call, current) -> first.computeIfAbsent(call.target(), key -> current));
  }

  private interface Chooser {
    ReadTransaction choose(Call call, ReadTransaction current);
  }

  private static Defect reading(Chooser chooser) {
    IdentityHashMap<Object, Backend> stores = new IdentityHashMap<>();
    Defect.Instead read =
        call -> {
          Backend store = stores.get(call.target());
          if (store == null) {
            return call.proceed();
          }
          DocumentId document = ((ReadTransaction) call.target()).document();
          return call.method()
              .invoke(chooser.choose(call, store.beginRead(document)), call.arguments());
        };
    return Defect.in(
            "beginRead",
            call -> {
              Object transaction = call.proceed();
              stores.put(transaction, (Backend) call.target());
              return transaction;
            })
        .and("state", read)
        .and("scanLog", read)
        .and("children", read)
        .and("nodesAfter", read);
  }

  private interface Folding {
    String fold(String name);
  }

  private static Defect folded(Folding folding) {
    Defect.Instead begin =
        call -> {
          DocumentId document = call.argument(0);
          return call.proceedWith(DocumentId.of(folding.fold(document.value())));
        };
    return Defect.in("beginRead", begin).and("beginWrite", begin);
  }

  private static Defect closingTwiceFails() {
    Set<Object> closed = Collections.newSetFromMap(new IdentityHashMap<>());
    return Defect.in(
        "close",
        call -> {
          if (call.target() instanceof Backend && !closed.add(call.target())) {
            throw TidemarkException.of(ErrorCode.CLOSED).build();
          }
          return call.proceed();
        });
  }

  private static Set<Capability> with(Call call, Capability capability) throws Throwable {
    Set<Capability> declared = EnumSet.copyOf(call.<Set<Capability>>proceed());
    declared.add(capability);
    return declared;
  }

  private static Object readThroughWriter(Call call) throws Throwable {
    Backend store = (Backend) call.target();
    if (store.isReadOnly()) {
      return store.beginWrite(call.argument(0));
    }
    return call.proceed();
  }

  private static Object openToWrite(Call call) throws Throwable {
    OpenRequest request = call.argument(0);
    return request.mode() == OpenMode.READ
        ? call.proceedWith(new OpenRequest(request.location(), OpenMode.WRITE))
        : call.proceed();
  }

  /** Appends what a failed transaction had appended, once it has been rolled back. */
  private static Defect keptLog() {
    IdentityHashMap<Object, Backend> stores = new IdentityHashMap<>();
    IdentityHashMap<Object, List<LoggedOperation>> appended = new IdentityHashMap<>();
    return Defect.in(
            "beginWrite",
            call -> {
              Object transaction = call.proceed();
              stores.put(transaction, (Backend) call.target());
              return transaction;
            })
        .and(
            "appendLog",
            call -> {
              appended.put(call.target(), new ArrayList<>(call.<List<LoggedOperation>>argument(0)));
              return call.proceed();
            })
        .and(
            "commit",
            call -> {
              appended.remove(call.target());
              return call.proceed();
            })
        .and(
            "close",
            call -> {
              Object result = call.proceed();
              List<LoggedOperation> lost = appended.remove(call.target());
              if (lost != null) {
                DocumentId document = ((WriteTransaction) call.target()).document();
                try (WriteTransaction again = storeOf(stores, call).beginWrite(document)) {
                  again.appendLog(lost);
                  again.commit();
                }
              }
              return result;
            });
  }

  /** Puts the state of a failed transaction, once it has been rolled back. */
  private static Defect keptState() {
    IdentityHashMap<Object, Backend> stores = new IdentityHashMap<>();
    IdentityHashMap<Object, DocumentState> put = new IdentityHashMap<>();
    return Defect.in(
            "beginWrite",
            call -> {
              Object transaction = call.proceed();
              stores.put(transaction, (Backend) call.target());
              return transaction;
            })
        .and(
            "putState",
            call -> {
              put.put(call.target(), call.argument(0));
              return call.proceed();
            })
        .and(
            "commit",
            call -> {
              put.remove(call.target());
              return call.proceed();
            })
        .and(
            "close",
            call -> {
              Object result = call.proceed();
              DocumentState lost = put.remove(call.target());
              if (lost != null) {
                DocumentId document = ((WriteTransaction) call.target()).document();
                try (WriteTransaction again = storeOf(stores, call).beginWrite(document)) {
                  again.putState(lost);
                  again.commit();
                }
              }
              return result;
            });
  }

  private static Backend storeOf(IdentityHashMap<Object, Backend> stores, Call call) {
    return Objects.requireNonNull(stores.get(call.target()));
  }

  private static Defect keptProgress() {
    Map<String, SyncProgress> kept = new HashMap<>();
    return Defect.in(
            "putProgress",
            call -> {
              SyncProgress progress = call.argument(0);
              kept.put(progress.peer(), progress);
              return call.proceed();
            })
        .and("progress", call -> java.util.Optional.ofNullable(kept.get(call.<String>argument(0))))
        // A new store knows no peers yet.
        .and(
            "open",
            call -> {
              kept.clear();
              return call.proceed();
            });
  }
}
