package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.storage.Failures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.Samples;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.conformance.kit.report.Refusals;
import dev.tidemark.conformance.kit.running.Threads;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.StoreSchema;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/**
 * The explicit step that makes a schema. Where there is none, each test shows that it is refused.
 */
public abstract class SchemaContract extends StorageContract {
  private static final int AT_ONCE = 4;
  private static final String MIGRATE = "the version that migrate() found";

  /** For subclasses. */
  protected SchemaContract() {}

  private boolean isRefused() {
    if (store().capabilities().contains(Capability.SCHEMA_STEP)) {
      return false;
    }
    assertRefused(ErrorCode.UNSUPPORTED, "BackendProvider.schema", () -> schema(uri()));
    Refusals.asserted(Capability.SCHEMA_STEP);
    return true;
  }

  private StoreSchema schema(String uri) {
    return backend().provider().schema(StoreLocation.parse(uri));
  }

  @Test
  @Rule("B7")
  void aSchemaHasAVersionAndTheStatementsThatLeadToIt() {
    if (isRefused()) {
      return;
    }
    StoreSchema schema = schema(uri());

    assertThat(schema.version()).isPositive();
    assertThat(schema.statements(0))
        .as("statements(0)")
        .isNotEmpty()
        .allSatisfy(statement -> assertThat(statement).isNotBlank().doesNotEndWith(";"));
    for (int from = 1; from < schema.version(); from++) {
      assertThat(schema.statements(from)).as("statements(%s)", from).isNotEmpty();
    }
    assertThat(schema.statements(schema.version())).as("statements(version())").isEmpty();
    for (int unknown : List.of(-1, schema.version() + 1)) {
      assertRefused(
          ErrorCode.INVALID_ARGUMENT,
          "statements(" + unknown + ")",
          () -> schema.statements(unknown));
    }
  }

  @Test
  @Rule("B7")
  void aStoreThatIsMadeByOpeningHasTheVersionOfThisRelease() {
    if (isRefused()) {
      return;
    }
    StoreSchema schema = schema(uri());

    assertThat(schema.storedVersion()).as("storedVersion()").isEqualTo(schema.version());
    assertThat(schema.migrate()).as(MIGRATE).isEqualTo(schema.version());
  }

  @Test
  @Rule("B7")
  void theStepMakesAStoreThatIsOpenedWithoutAnyOther() {
    if (isRefused()) {
      return;
    }
    String uri = backend().newStore();
    try {
      StoreSchema schema = schema(uri);
      assertThat(storedVersion(schema)).as("storedVersion() where nothing is").isZero();
      assertThat(schema.migrate()).as(MIGRATE).isZero();
      assertThat(schema.storedVersion()).isEqualTo(schema.version());
      try (Backend store = backend().open(uri, OpenMode.WRITE)) {
        assertThat(store.documents(null, 9)).isEmpty();
      }
    } finally {
      backend().drop(uri);
    }
  }

  @Test
  @Rule("B7")
  void theStepDoesNothingTheSecondTime() {
    if (isRefused()) {
      return;
    }
    write(transaction -> transaction.appendLog(List.of(Samples.logged(1, 0, 1))));
    StoreSchema schema = schema(uri());

    assertThat(schema.migrate()).as(MIGRATE).isEqualTo(schema.version());
    assertThat(schema.migrate()).as(MIGRATE).isEqualTo(schema.version());
    assertThat(now().operations(List.of(Samples.key(1).id()))).hasSize(1);
  }

  @Test
  @Rule("B7")
  void severalMayMakeTheStepAtOnce() throws Exception {
    if (isRefused()) {
      return;
    }
    String uri = backend().newStore();
    try {
      int version = schema(uri).version();
      CyclicBarrier start = new CyclicBarrier(AT_ONCE);
      Threads.runAll(
          AT_ONCE,
          number -> {
            StoreSchema schema = schema(uri);
            start.await();
            assertThat(schema.migrate()).as(MIGRATE).isIn(0, version);
          });
      assertThat(schema(uri).storedVersion()).isEqualTo(version);
      try (Backend store = backend().open(uri, OpenMode.WRITE);
          ReadTransaction transaction = store.beginRead(Samples.NOTES)) {
        assertThat(transaction.state().version()).isZero();
      }
    } finally {
      backend().drop(uri);
    }
  }

  @Test
  @Rule("B7")
  void aStoreOfALaterReleaseIsRefusedByName() throws Exception {
    if (isRefused()) {
      return;
    }
    String uri = backend().newStore();
    try {
      backend().open(uri, OpenMode.CREATE).close();
      if (!backend().raiseSchemaVersion(uri)) {
        Refusals.leftOpen();
        return;
      }
      for (OpenMode mode : OpenMode.values()) {
        // Without that capability, reading alone is refused for another reason.
        if (mode != OpenMode.READ || store().capabilities().contains(Capability.READ_ONLY_OPEN)) {
          assertRefused(
              ErrorCode.SCHEMA_TOO_NEW,
              "opening a store of a later release in mode " + mode,
              () -> backend().open(uri, mode).close());
        }
      }
      // The step must not take it for one that is to be upgraded, nor for one that is up to date.
      assertRefused(
          ErrorCode.SCHEMA_TOO_NEW,
          "migrate() of a store of a later release",
          () -> schema(uri).migrate());
    } finally {
      backend().drop(uri);
    }
  }

  /** A place that is not there has no version either; an engine may not tell these apart. */
  private static int storedVersion(StoreSchema schema) {
    try {
      return schema.storedVersion();
    } catch (TidemarkException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.STORE_NOT_FOUND);
      return 0;
    }
  }
}
