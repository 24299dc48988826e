package dev.tidemark.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;

/** A copy of a store that nobody may write, in a directory that nobody may write either. */
final class ReadOnlyCopy {
  private ReadOnlyCopy() {}

  /**
   * Makes a copy.
   *
   * @param uri the store
   * @return the URI of the copy; that of the store itself for a user whom no permission binds
   */
  static String of(String uri) {
    int end = uri.indexOf('?');
    Path file = Path.of(uri.substring("sqlite:".length(), end < 0 ? uri.length() : end));
    try {
      Path directory = Files.createTempDirectory(file.getParent(), "read only");
      Path copy = directory.resolve("store.db");
      Stores.execute(file, "PRAGMA wal_checkpoint(TRUNCATE)");
      Files.copy(file, copy);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r--r--r--"));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
      return Files.isWritable(copy) ? uri : "sqlite:" + copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
