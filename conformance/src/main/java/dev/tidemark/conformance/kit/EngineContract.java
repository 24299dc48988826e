package dev.tidemark.conformance.kit;

import dev.tidemark.api.Limits;
import dev.tidemark.api.Operation;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.kit.report.ConformanceExtension;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the contracts of the engine have in common: a new empty store for each test. */
@ExtendWith(ConformanceExtension.class)
public abstract class EngineContract {
  private String uri = "";
  private @Nullable Tidemark store;
  private final List<Tidemark> others = new ArrayList<>();
  private final List<String> otherUris = new ArrayList<>();
  private int documents;

  /** For subclasses. */
  protected EngineContract() {}

  /**
   * Returns the backend to test on.
   *
   * @return the backend
   */
  protected abstract BackendUnderTest backend();

  /**
   * Returns how much is done in one piece.
   *
   * @return as an application would, unless overridden
   */
  protected Budget budget() {
    return Budget.ORDINARY;
  }

  @BeforeEach
  final void openStore() {
    uri = backend().newStore();
    store = openAgain();
  }

  @AfterEach
  final void closeStore() {
    others.forEach(Tidemark::close);
    store().close();
    backend().drop(uri);
    otherUris.forEach(backend()::drop);
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
   * Returns the URI of the store of this test.
   *
   * @return the URI
   */
  protected final String uri() {
    return uri;
  }

  /**
   * Makes another store of the same backend.
   *
   * @return the store, which is closed with the test
   */
  protected final Tidemark anotherStore() {
    return anotherStore(backend().provider());
  }

  /**
   * Makes another store of the same backend.
   *
   * @param provider the backend, or one that watches it
   * @return the store, which is closed with the test
   */
  protected final Tidemark anotherStore(BackendProvider provider) {
    String other = backend().newStore();
    otherUris.add(other);
    // Clocks are free here: what a jump does is shown where it is the topic.
    Tidemark opened =
        Tidemark.builder(other).backend(provider).maxClockJump(Limits.MAX_COUNT).open();
    others.add(opened);
    return opened;
  }

  /**
   * Appends foreign operations, as many at once as the budget has it.
   *
   * @param document the document
   * @param operations the operations
   */
  protected final void append(Document document, List<? extends Operation> operations) {
    if (budget() == Budget.SMALLEST) {
      operations.forEach(operation -> document.append(List.of(operation)));
    } else {
      document.append(operations);
    }
  }

  /**
   * Cuts a history as the budget has it.
   *
   * @param history the history
   * @return the same operations in the same order
   */
  protected final History shaped(History history) {
    return budget() == Budget.SMALLEST ? history.oneByOne() : history;
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
