package dev.tidemark.sqlite.internal.store;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.OpenMode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Looks at the file before SQLite does, which reports "unable to open database file" for a dozen
 * different mistakes.
 */
final class FileChecks {
  private FileChecks() {}

  /** Returns whether there is a file with content, and refuses everything that is in the way. */
  static boolean hasContent(StoreFile file, OpenMode mode) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return missing(file, mode);
    } catch (AccessDeniedException e) {
      throw forbidden(file, "the file is out of reach", "grant the right to enter its directory");
    } catch (IOException e) {
      return unreadable(file, e);
    }
    if (!attributes.isRegularFile()) {
      String problem = attributes.isDirectory() ? "a directory" : "no regular file";
      throw file.failure(ErrorCode.NOT_A_STORE, problem, "name a file").build();
    }
    if (!Files.isReadable(file.path())) {
      throw forbidden(file, "the file cannot be read", "grant the right to read it");
    }
    if (mode != OpenMode.READ) {
      ensureWritable(file, file.path(), "the file cannot be written");
      ensureWritable(file, directory(file), "the file's directory cannot be written");
    }
    return attributes.size() > 0;
  }

  private static boolean missing(StoreFile file, OpenMode mode) {
    ensureDirectory(file);
    if (mode != OpenMode.CREATE) {
      throw file.failure(ErrorCode.STORE_NOT_FOUND, "no such file", "check the path").build();
    }
    if (!Files.isWritable(directory(file))) {
      throw forbidden(
          file, "no file can be created in its directory", "grant the right to write there");
    }
    return false;
  }

  private static void ensureDirectory(StoreFile file) {
    Path directory = directory(file);
    if (!Files.isDirectory(directory)) {
      throw file.failure(
              ErrorCode.STORE_NOT_FOUND, "no directory " + directory, "create the directory first")
          .build();
    }
  }

  private static void ensureWritable(StoreFile file, Path path, String problem) {
    if (!Files.isWritable(path)) {
      throw file.failure(ErrorCode.READ_ONLY, problem, "make the file and its directory writable")
          .build();
    }
  }

  private static Path directory(StoreFile file) {
    Path parent = file.path().getParent();
    return parent == null ? file.path() : parent;
  }

  private static TidemarkException forbidden(StoreFile file, String problem, String remedy) {
    return file.failure(ErrorCode.PERMISSION_DENIED, problem, remedy).build();
  }

  private static boolean unreadable(StoreFile file, IOException cause) {
    ensureDirectory(file);
    throw file.failure(
            ErrorCode.STORAGE_FAILED,
            "the file's attributes cannot be read",
            "check the path and its medium")
        .causedBy(cause)
        .build();
  }
}
