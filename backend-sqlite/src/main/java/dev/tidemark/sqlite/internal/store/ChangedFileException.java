package dev.tidemark.sqlite.internal.store;

import java.sql.SQLException;

/** The file was changed under a snapshot that holds no lock; see {@link ReadAccess}. */
final class ChangedFileException extends SQLException {
  private static final long serialVersionUID = 1L;

  ChangedFileException() {
    super("the file was written while it was read without locks");
  }
}
