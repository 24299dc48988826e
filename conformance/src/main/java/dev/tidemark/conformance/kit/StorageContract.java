package dev.tidemark.conformance.kit;

import dev.tidemark.api.DocumentId;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of the storage interface have in common: a new empty store for each test. */
public abstract class StorageContract {
  private String uri = "";
  private OpenStore store = OpenStore.NONE;

  /** For subclasses. */
  protected StorageContract() {}

  /**
   * Returns the backend to test.
   *
   * @return the backend
   */
  protected abstract BackendUnderTest backend();

  @BeforeEach
  final void openStore() {
    uri = backend().newStore();
    store = new OpenStore(backend().open(uri, OpenMode.CREATE));
  }

  @AfterEach
  final void closeStore() {
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
    try (WriteTransaction transaction = store().beginWrite(document)) {
      work.accept(transaction);
      transaction.commit();
    }
  }

  /**
   * Reads {@link Samples#NOTES} in a transaction of its own.
   *
   * @param <T> the kind of result
   * @param work what to read
   * @return what the work returned
   */
  protected final <T> T read(Function<ReadTransaction, T> work) {
    return read(Samples.NOTES, work);
  }

  /**
   * Reads a document in a transaction of its own.
   *
   * @param <T> the kind of result
   * @param document the document
   * @param work what to read
   * @return what the work returned
   */
  protected final <T> T read(DocumentId document, Function<ReadTransaction, T> work) {
    try (ReadTransaction transaction = store().beginRead(document)) {
      return work.apply(transaction);
    }
  }
}
