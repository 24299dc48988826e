package dev.tidemark.conformance.kit;

import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of the engine have in common: a new empty store for each test. */
public abstract class EngineContract {
  private String uri = "";
  private @Nullable Tidemark store;
  private int documents;

  /** For subclasses. */
  protected EngineContract() {}

  /**
   * Returns the backend to test on.
   *
   * @return the backend
   */
  protected abstract BackendUnderTest backend();

  @BeforeEach
  final void openStore() {
    uri = backend().newStore();
    store = openAgain();
  }

  @AfterEach
  final void closeStore() {
    store().close();
    backend().drop(uri);
  }

  /**
   * Returns the store of this test.
   *
   * @return the store
   */
  protected final Tidemark store() {
    if (store == null) {
      throw new IllegalStateException("the store is opened before each test");
    }
    return store;
  }

  /**
   * Opens the store of this test once more.
   *
   * @return the store, to be closed by the caller
   */
  protected final Tidemark openAgain() {
    return Tidemark.builder(uri).backend(backend().provider()).mode(OpenMode.CREATE).open();
  }

  /**
   * Opens the store of this test once more, with another provider of the same backend.
   *
   * @param provider the provider
   * @return the store, to be closed by the caller
   */
  protected final Tidemark openWith(BackendProvider provider) {
    return Tidemark.builder(uri).backend(provider).open();
  }

  /**
   * Opens the store of this test once more, with small steps of catching up.
   *
   * @param operations how many operations one step takes
   * @return the store, to be closed by the caller
   */
  protected final Tidemark openInSteps(int operations) {
    return Tidemark.builder(uri).backend(backend().provider()).catchUpStep(operations).open();
  }

  /**
   * Returns a document that does not exist yet.
   *
   * @return another document at each call
   */
  protected final Document newDocument() {
    return store().document("document " + documents++);
  }
}
