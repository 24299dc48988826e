package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.NOTES;
import static dev.tidemark.conformance.kit.Samples.logged;
import static dev.tidemark.conformance.kit.storage.Failures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.conformance.kit.report.Refusals;
import dev.tidemark.conformance.kit.running.Threads;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.WriteTransaction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Opening, closing and what a backend declares. */
public abstract class LifecycleContract extends StorageContract {
  private static final String CLOSED = " after the store was closed";

  /** For subclasses. */
  protected LifecycleContract() {}

  @Test
  @Rule("S1")
  void theProviderNamesItselfAndItsSchemes() {
    assertThat(backend().provider().name()).isNotBlank();
    assertThat(backend().provider().schemes())
        .contains(StoreLocation.parse(uri()).scheme())
        .allSatisfy(scheme -> assertThat(scheme).isLowerCase());
  }

  @Test
  @Rule("B9")
  void closingTwiceDoesNothing() {
    store().close();
    store().close();
  }

  @Test
  @Rule("B9")
  void useAfterCloseIsRefused() {
    ReadTransaction reader = store().beginRead(NOTES);
    store().close();

    assertRefused(ErrorCode.CLOSED, "beginRead" + CLOSED, () -> store().beginRead(NOTES));
    assertRefused(ErrorCode.CLOSED, "beginWrite" + CLOSED, () -> store().beginWrite(NOTES));
    assertRefused(ErrorCode.CLOSED, "documents" + CLOSED, () -> store().documents(null, 1));
    assertRefused(ErrorCode.CLOSED, "isReadOnly" + CLOSED, () -> store().isReadOnly());
    assertRefused(ErrorCode.CLOSED, "state() of a transaction" + CLOSED, reader::state);
    reader.close();
  }

  @Test
  @Rule("B1")
  void aStoreThatIsClosedWhileSomeoneWritesHasNothingOfIt() throws Exception {
    Backend second = backend().open(uri(), OpenMode.WRITE);
    WriteTransaction writer = second.beginWrite(NOTES);
    writer.appendLog(List.of(logged(1, 0, 1)));
    second.close();

    assertRefused(ErrorCode.CLOSED, "commit()" + CLOSED, writer::commit);
    assertThat(now().operations(List.of(logged(1, 0, 1).operation().id()))).isEmpty();
    Threads.runAll(
        1,
        next -> {
          try (WriteTransaction transaction = store().beginWrite(NOTES)) {
            assertThat(transaction.state().version()).isZero();
          }
        });
    writer.close();
  }

  @Test
  @Rule({"B1", "B10"})
  void aDurableStoreOutlivesItsLastCloseAndAnyOtherIsRefused() {
    write(transaction -> transaction.appendLog(List.of(logged(1, 0, 1))));
    boolean isDurable = store().capabilities().contains(Capability.DURABLE);
    store().close();

    if (!isDurable) {
      assertRefused(
          ErrorCode.UNSUPPORTED,
          "opening a store again that is not DURABLE",
          () -> backend().open(uri(), OpenMode.WRITE));
      Refusals.asserted(Capability.DURABLE);
      return;
    }
    for (OpenMode mode : List.of(OpenMode.WRITE, OpenMode.CREATE)) {
      try (Backend again = backend().open(uri(), mode);
          ReadTransaction transaction = again.beginRead(NOTES)) {
        assertThat(transaction.operations(List.of(logged(1, 0, 1).operation().id()))).hasSize(1);
      }
    }
  }

  @Test
  @Rule("B10")
  void whatIsDeclaredOffIsRefused() {
    Set<Capability> off = EnumSet.complementOf(on());
    for (Capability capability : off) {
      switch (capability) {
        case READ_ONLY_OPEN ->
            assertRefused(
                ErrorCode.UNSUPPORTED,
                "opening in mode READ",
                () -> backend().open(uri(), OpenMode.READ).close());
        case SCHEMA_STEP ->
            assertRefused(
                ErrorCode.UNSUPPORTED,
                "BackendProvider.schema",
                () -> backend().provider().schema(StoreLocation.parse(uri())));
        case COMMIT_SIGNAL ->
            assertRefused(
                ErrorCode.UNSUPPORTED, "commitSignal", () -> store().commitSignal(NOTES).close());
        // These take a store that is closed, or another process: see the tests of them.
        case DURABLE, SEVERAL_PROCESSES -> assertThat(on()).doesNotContain(capability);
      }
    }
  }

  /** Nothing may be on, of which no copy can be made. */
  private EnumSet<Capability> on() {
    EnumSet<Capability> on = EnumSet.noneOf(Capability.class);
    on.addAll(store().capabilities());
    return on;
  }

  @Test
  @Rule({"B7", "B10"})
  void aStoreThatDoesNotExistIsNotMadeUnlessAskedFor() {
    ErrorCode code =
        store().capabilities().contains(Capability.DURABLE)
            ? ErrorCode.STORE_NOT_FOUND
            : ErrorCode.UNSUPPORTED;
    String absent = backend().newStore();

    assertRefused(
        code, "opening nothing in mode WRITE", () -> backend().open(absent, OpenMode.WRITE));
    if (store().capabilities().contains(Capability.READ_ONLY_OPEN)) {
      assertRefused(
          code, "opening nothing in mode READ", () -> backend().open(absent, OpenMode.READ));
    }
    backend().drop(absent);
  }

  @Test
  @Rule({"C7", "B10"})
  void aStoreThatIsOpenedToReadRefusesWriters() {
    write(transaction -> transaction.appendLog(List.of(logged(1, 0, 1))));
    if (!store().capabilities().contains(Capability.READ_ONLY_OPEN)) {
      assertRefused(
          ErrorCode.UNSUPPORTED,
          "opening in mode READ",
          () -> backend().open(uri(), OpenMode.READ));
      Refusals.asserted(Capability.READ_ONLY_OPEN);
      return;
    }

    try (Backend reading = backend().open(uri(), OpenMode.READ)) {
      assertThat(reading.isReadOnly()).isTrue();
      assertRefused(ErrorCode.READ_ONLY, "beginWrite", () -> reading.beginWrite(NOTES));
      assertThat(reading.documents(null, 9)).containsExactly(NOTES);
      try (ReadTransaction transaction = reading.beginRead(NOTES)) {
        assertThat(transaction.operations(List.of(logged(1, 0, 1).operation().id()))).hasSize(1);
      }
    }
    assertThat(store().isReadOnly()).isFalse();
  }

  @Test
  @Rule({"B8", "B10"})
  void storesAreApart() {
    write(transaction -> transaction.appendLog(List.of(logged(1, 0, 1))));

    String uri = backend().newStore();
    try (Backend other = backend().open(uri, OpenMode.CREATE)) {
      assertThat(other.documents(null, 9)).isEmpty();
    } finally {
      backend().drop(uri);
    }
  }
}
