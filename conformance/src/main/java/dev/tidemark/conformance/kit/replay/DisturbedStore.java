package dev.tidemark.conformance.kit.replay;

import dev.tidemark.conformance.kit.BackendUnderTest;
import dev.tidemark.conformance.kit.cost.ObservedProvider;
import dev.tidemark.conformance.kit.cost.StorageCalls;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.BackendProvider;

/** A store for many histories, whose openings come and go. For one thread. */
final class DisturbedStore implements AutoCloseable {
  private final BackendUnderTest backend;
  private final String uri;
  private final int step;
  private final StorageCalls calls = new StorageCalls();

  /** Stays open, as a store in memory ends with its last close. */
  private final Tidemark kept;

  /** Each of its storage calls can be made to fail: the process that crashes. */
  private final Tidemark failing;

  private Tidemark current;

  DisturbedStore(BackendUnderTest backend, int step) {
    this.backend = backend;
    this.uri = backend.newStore();
    this.step = step;
    this.kept = open(backend.provider());
    this.failing = open(new ObservedProvider(backend.provider(), calls));
    this.current = open(backend.provider());
  }

  private Tidemark open(BackendProvider provider) {
    return Tidemark.builder(uri).backend(provider).catchUpStep(step).open();
  }

  /** Opens the store once more, as another process does. The caller closes it. */
  Tidemark openAgain() {
    return open(backend.provider());
  }

  /** The surroundings of the history of one document. */
  Surroundings of(String document) {
    return new Surroundings() {
      @Override
      public Document document() {
        return current.document(document);
      }

      @Override
      public Document failingAt(int call) {
        calls.failAt(call);
        return failing.document(document);
      }

      @Override
      public void reopen() {
        current.close();
        current = open(backend.provider());
      }

      @Override
      public int step() {
        return step;
      }
    };
  }

  @Override
  public void close() {
    current.close();
    failing.close();
    kept.close();
    backend.drop(uri);
  }
}
