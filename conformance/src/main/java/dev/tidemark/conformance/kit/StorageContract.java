package dev.tidemark.conformance.kit;

import dev.tidemark.api.DocumentId;
import dev.tidemark.conformance.kit.report.ConformanceExtension;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the contracts of the storage interface have in common: a new empty store for each test. */
@ExtendWith(ConformanceExtension.class)
public abstract class StorageContract {
  private String uri = "";
  private OpenStore store = OpenStore.NONE;
  private @Nullable ReadTransaction reading;

  /** For subclasses. */
  protected StorageContract() {}

  /**
   * Returns the backend to test.
   *
   * @return the backend
   */
  protected abstract BackendUnderTest backend();

  /**
   * Returns how much is written in one transaction.
   *
   * @return as the test asks, unless overridden
   */
  protected Budget budget() {
    return Budget.ORDINARY;
  }

  @BeforeEach
  final void openStore() {
    uri = backend().newStore();
    store = new OpenStore(backend().open(uri, OpenMode.CREATE));
  }

  @AfterEach
  final void closeStore() {
    endReading();
    store.close();
    backend().drop(uri);
  }

  /**
   * Returns the store of this test, opened to write.
   *
   * @return the store
   */
  protected final Backend store() {
    return store.get();
  }

  /**
   * Returns the URI of the store of this test.
   *
   * @return the URI
   */
  protected final String uri() {
    return uri;
  }

  /**
   * Writes {@link Samples#NOTES} in a transaction of its own.
   *
   * @param work what to write
   */
  protected final void write(Consumer<WriteTransaction> work) {
    write(Samples.NOTES, work);
  }

  /**
   * Writes a document in a transaction of its own.
   *
   * @param document the document
   * @param work what to write
   */
  protected final void write(DocumentId document, Consumer<WriteTransaction> work) {
    if (budget() == Budget.SMALLEST) {
      work.accept(SinglyWritten.on(store(), document));
      return;
    }
    try (WriteTransaction transaction = store().beginWrite(document)) {
      work.accept(transaction);
      transaction.commit();
    }
  }

  /**
   * Begins to read {@link Samples#NOTES} at a new snapshot.
   *
   * @return a transaction that ends with the next such call, or with the test
   */
  protected final ReadTransaction now() {
    return now(Samples.NOTES);
  }

  /**
   * Begins to read a document at a new snapshot.
   *
   * @param document the document
   * @return a transaction that ends with the next such call, or with the test
   */
  protected final ReadTransaction now(DocumentId document) {
    endReading();
    ReadTransaction begun = store().beginRead(document);
    reading = begun;
    return begun;
  }

  private void endReading() {
    if (reading != null) {
      reading.close();
    }
  }
}
