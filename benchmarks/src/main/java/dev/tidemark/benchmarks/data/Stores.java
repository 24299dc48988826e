package dev.tidemark.benchmarks.data;

import dev.tidemark.api.Operation;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes SQLite stores. Those with a given content are made once, and copied by whoever writes to
 * them.
 */
public final class Stores {
  /** The one document in each store. */
  public static final String DOCUMENT = "bench";

  private final Path directory;
  private int copies;

  /**
   * Makes stores in a directory.
   *
   * @param directory the directory; stores of an earlier run in it are used again
   */
  public Stores(Path directory) {
    this.directory = directory;
  }

  /**
   * Returns the URI of a store.
   *
   * @param file the store
   * @return the URI
   */
  public static String uri(Path file) {
    return "sqlite:" + file;
  }

  /**
   * Returns a store that is only read: a log of one shape.
   *
   * @param shape the shape
   * @return the file
   */
  public Path log(LogShape shape) {
    return made(shape.fileName(), document -> shape.write(document, Bytes::next));
  }

  /**
   * Returns a store that is only read: a log of one shape, whose payloads are made of words.
   *
   * @param shape the shape
   * @return the file
   */
  public Path prose(LogShape shape) {
    return made("prose-" + shape.fileName(), document -> shape.write(document, Prose::next));
  }

  /**
   * Returns a store that is only read: a balanced tree with payloads of 64 bytes.
   *
   * @param operations how many inserts
   * @return the file
   */
  public Path tree(long operations) {
    return tree(operations, 0);
  }

  /**
   * Returns a store that is only read: a balanced tree with payloads of 64 bytes, whose folders
   * were moved meanwhile.
   *
   * @param operations how many inserts and moves
   * @param movesEvery which part of them moves a folder; 0 for none
   * @return the file
   */
  public Path tree(long operations, int movesEvery) {
    return made(
        "tree-" + operations + "-" + movesEvery + ".db",
        document -> {
          BalancedTree tree = new BalancedTree(64, movesEvery);
          for (long first = 1; first <= operations; first += 1_000) {
            List<Operation> batch =
                tree.batch(first, (int) Math.min(1_000, operations - first + 1));
            document.append(batch);
          }
        });
  }

  private Path made(String name, Consumer<Document> content) {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      Path unfinished = directory.resolve("unfinished-" + name);
      delete(unfinished);
      try (Tidemark store = Tidemark.open(uri(unfinished) + "?synchronous=off")) {
        content.accept(store.document(DOCUMENT));
      }
      move(unfinished, file);
    }
    return file;
  }

  /**
   * Returns a copy that may be written.
   *
   * @param file a store that is closed
   * @return the copy, to be deleted by the caller
   */
  public Path copy(Path file) {
    try {
      Path copy = fresh();
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns a file that does not exist.
   *
   * @return the file, to be deleted by the caller
   */
  public Path fresh() {
    Path file = directory.resolve("copy-" + copies++ + ".db");
    delete(file);
    return file;
  }

  /**
   * Deletes a store and the files beside it.
   *
   * @param file the store, which need not exist
   */
  public static void delete(Path file) {
    try {
      for (String suffix : new String[] {"", "-wal", "-shm", "-lock"}) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes a directory with all stores in it.
   *
   * @param directory the directory, without further ones in it
   */
  public static void deleteAll(Path directory) {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
