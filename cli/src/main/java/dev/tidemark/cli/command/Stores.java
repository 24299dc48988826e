package dev.tidemark.cli.command;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Opens stores, and finds documents in them. */
final class Stores {
  private static final int NAMES_IN_MESSAGE = 5;

  private Stores() {}

  static Tidemark openToRead(String uri) {
    return Tidemark.builder(uri).mode(OpenMode.READ).open();
  }

  static Tidemark openToWrite(String uri) {
    return Tidemark.open(uri);
  }

  /** Opens a store for a command whose metrics may be looked at. */
  static Tidemark open(String uri, OpenMode mode, MetricsOptions.Session metrics, String name) {
    Tidemark store = Tidemark.builder(uri).mode(mode).telemetry(metrics.telemetry(name)).open();
    if (metrics.isOn()) {
      try {
        store.survey();
      } catch (TidemarkException e) {
        store.close();
        throw e;
      }
    }
    return store;
  }

  /** Opens a store that exists, to write. */
  static Tidemark openToChange(String uri) {
    return Tidemark.builder(uri).mode(OpenMode.WRITE).open();
  }

  /**
   * Opens a store to follow its changes. Where it may be written it is opened so, though nothing is
   * written to it: a file that is only read is not protected from those who write it, and the tree
   * to compare with may be gone before the next look.
   */
  static Tidemark openToFollow(String uri, MetricsOptions.Session metrics) {
    try {
      return open(uri, OpenMode.WRITE, metrics, "source");
    } catch (TidemarkException e) {
      if (e.code() == ErrorCode.READ_ONLY || e.code() == ErrorCode.PERMISSION_DENIED) {
        return open(uri, OpenMode.READ, metrics, "source");
      }
      throw e;
    }
  }

  /** Finds a document that exists: a name with a typing error is no empty document here. */
  static Document require(Tidemark store, DocumentId id) {
    Document document = store.document(id);
    if (document.status().version() > 0) {
      return document;
    }
    List<DocumentId> names = store.documents(null, NAMES_IN_MESSAGE);
    String there =
        names.isEmpty()
            ? "The store has no documents yet; import makes one"
            : "It has "
                + names.stream().map(DocumentId::value).collect(Collectors.joining(", "))
                + (names.size() == NAMES_IN_MESSAGE ? ", …; tidemark stats lists all" : "");
    throw new CommandFailure(ExitCode.STORE, "there is no document " + id + " in " + store, there);
  }

  /** The file that a store is in, where its address is one. */
  static Optional<Path> file(String uri) {
    try {
      Path path = Path.of(StoreLocation.parse(uri).address());
      return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  static OptionalLong fileSize(String uri) {
    Optional<Path> file = file(uri);
    if (file.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Files.size(file.get()));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
