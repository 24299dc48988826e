package dev.tidemark.sqlite.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.StoreLocation;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where a store is.
 *
 * @param location as the user named it
 * @param path the database file, absolute and without links: SQLite puts the files that belong to
 *     it beside the real one
 */
public record StoreFile(StoreLocation location, Path path) {
  /**
   * Reads the address of a URI as a path.
   *
   * @param location the URI
   * @return the file, which need not exist
   * @throws TidemarkException with {@code INVALID_STORE_URI}
   */
  public static StoreFile of(StoreLocation location) {
    String address = location.address();
    if (address.isBlank()) {
      throw invalid(location, "no path", "name a file: sqlite:notes.db");
    }
    if (address.equals(":memory:")) {
      // Every connection to :memory: is a database of its own: a reader would see nothing of what
      // the writer wrote, and a shared cache has no snapshots.
      throw invalid(
          location, "memory databases have no snapshots", "name a file, in memory if on a tmpfs");
    }
    if (address.startsWith("file:")) {
      throw invalid(location, "an SQLite URI within a URI", "name the path alone: sqlite:notes.db");
    }
    try {
      return new StoreFile(location, resolve(Path.of(address).toAbsolutePath()));
    } catch (InvalidPathException e) {
      throw invalid(location, "not a path", "name a file as this file system spells it");
    }
  }

  private static Path resolve(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      // There is no such file yet, or it is out of reach, which opening it will report.
      return path;
    }
  }

  private static TidemarkException invalid(StoreLocation location, String problem, String remedy) {
    return TidemarkException.of(ErrorCode.INVALID_STORE_URI)
        .with(Detail.STORE, location)
        .with(Detail.PROBLEM, problem)
        .with(Detail.REMEDY, remedy)
        .build();
  }

  /**
   * Returns the file of the write-ahead log.
   *
   * @return the file, which need not exist
   */
  public File log() {
    return new File(path + "-wal");
  }

  /**
   * Returns the file that processes share while one of them has the store open for writing.
   *
   * @return the file, which need not exist
   */
  public File sharedIndex() {
    return new File(path + "-shm");
  }

  /**
   * Returns the rollback journal, which exists while the file is created.
   *
   * @return the file, which need not exist
   */
  public File journal() {
    return new File(path + "-journal");
  }

  /**
   * Starts an exception that names this store.
   *
   * @param code why a call failed
   * @return a builder
   */
  public TidemarkException.Builder failure(ErrorCode code) {
    return TidemarkException.of(code).with(Detail.STORE, location).with(Detail.FILE, path);
  }

  /**
   * Starts an exception that names this store.
   *
   * @param code why a call failed
   * @param problem what is wrong
   * @param remedy what to do about it
   * @return a builder
   */
  public TidemarkException.Builder failure(ErrorCode code, String problem, String remedy) {
    return failure(code).with(Detail.PROBLEM, problem).with(Detail.REMEDY, remedy);
  }
}
