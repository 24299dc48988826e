package dev.tidemark.core;

import dev.tidemark.api.DocumentId;
import dev.tidemark.spi.ReadTransaction;
import java.util.Optional;
import java.util.function.Function;

/** Opens snapshots of a document, brought up to date where that is asked for. */
final class Snapshots {
  private final DocumentId document;
  private final StoreContext context;

  Snapshots(DocumentId document, StoreContext context) {
    this.document = document;
    this.context = context;
  }

  /** Opens a snapshot that the caller closes. */
  TreeSnapshot open(ReadMode mode) {
    long target = -1;
    while (true) {
      ReadTransaction transaction = context.units().beginRead(document);
      boolean isKept = false;
      try {
        target = target < 0 ? transaction.state().version() : target;
        if (mode == ReadMode.AS_IS || !Materializer.isBehind(transaction.state(), target)) {
          isKept = true;
          return new TreeSnapshot(transaction);
        }
      } finally {
        if (!isKept) {
          transaction.close();
        }
      }
      new Materializer(document, context).run();
    }
  }

  /** Reads an up-to-date snapshot in one unit, which is tried again where a retry can help. */
  <T> T read(Function<TreeSnapshot, T> work) {
    long[] target = {-1};
    while (true) {
      Optional<Answer<T>> answer =
          context
              .units()
              .read(
                  document,
                  transaction -> {
                    if (target[0] < 0) {
                      target[0] = transaction.state().version();
                    }
                    return Materializer.isBehind(transaction.state(), target[0])
                        ? Optional.empty()
                        : Optional.of(new Answer<>(work.apply(new TreeSnapshot(transaction))));
                  });
      if (answer.isPresent()) {
        return answer.get().value();
      }
      new Materializer(document, context).run();
    }
  }

  private record Answer<T>(T value) {}
}
