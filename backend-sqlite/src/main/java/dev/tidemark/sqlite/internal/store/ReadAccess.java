package dev.tidemark.sqlite.internal.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a store that is opened to read only is read without writing anything, and with one exception
 * not even beside it.
 *
 * <p>SQLite reads a file in WAL mode through an index that processes share in memory, the -shm
 * file, and creates it where it is missing: impossible on a read-only medium, and litter elsewhere.
 * So what is beside the file decides, and holds as long as it stays so:
 *
 * <ul>
 *   <li>With an index, a writer has the store open (or crashed): read along with it, with locks.
 *   <li>With a log but no index, as in a copy of a live store: nobody has it open. Where an index
 *       can be made beside it, SQLite does, and leaves it to the next writer: the exception. Where
 *       it cannot, the index is built in the memory of this process: SQLite does that for an
 *       exclusive connection, here over a file system layer without locks, as no exclusive lock is
 *       granted on a read-only file. (Never where this process might write: the end of such a
 *       connection drops the locks of all others of the process, and deletes a log in which it
 *       found nothing to checkpoint, even under a writer that has come meanwhile.)
 *   <li>With neither, everything is in the file, which is read as an immutable one.
 * </ul>
 *
 * <p>The last two hold no lock, so a writer may come any time. A transaction therefore begins only
 * after a look at the files, and gives its rows only if the file is still the one that it began
 * with.
 */
final class ReadAccess {
  /**
   * Changes within this time of the file's last change may not show in its time stamp, of which the
   * resolution is that of the file system: two seconds at worst (FAT).
   */
  private static final long SETTLED_AFTER_MILLIS = 2_100;

  enum Mode {
    SHARED("mode=ro"),
    PRIVATE_INDEX("mode=ro&vfs=" + (File.separatorChar == '/' ? "unix-none" : "win32-none")),
    IMMUTABLE("mode=ro&immutable=1");

    private final String parameters;

    Mode(String parameters) {
      this.parameters = parameters;
    }

    String parameters() {
      return parameters;
    }
  }

  /** What tells one state of a file from the next without opening it. */
  private record Fingerprint(Object key, Object modified, long size) {}

  private final StoreFile file;
  private final Mode mode;
  private final @Nullable Fingerprint database;
  private final long logSize;
  private final long logModified;
  private final boolean isSettled;

  private ReadAccess(StoreFile file) throws IOException {
    this.file = file;
    this.mode = mode(file);
    if (mode == Mode.SHARED) {
      this.database = null;
      this.logSize = 0;
      this.logModified = 0;
      this.isSettled = true;
    } else {
      this.database = fingerprint(file);
      this.logSize = file.log().length();
      this.logModified = file.log().lastModified();
      long changed =
          Math.max(Files.getLastModifiedTime(file.path()).toMillis(), file.log().lastModified());
      this.isSettled = System.currentTimeMillis() - changed > SETTLED_AFTER_MILLIS;
    }
  }

  static ReadAccess now(StoreFile file) throws IOException {
    return new ReadAccess(file);
  }

  private static Mode mode(StoreFile file) {
    if (file.log().exists()) {
      if (file.sharedIndex().exists()) {
        return Mode.SHARED;
      }
      if (file.log().length() > 0) {
        boolean canMakeIndex = Files.isWritable(file.path().resolveSibling("."));
        return canMakeIndex ? Mode.SHARED : Mode.PRIVATE_INDEX;
      }
    }
    // A rollback journal may have to be played back first. SQLite knows, and says so.
    return file.journal().exists() ? Mode.SHARED : Mode.IMMUTABLE;
  }

  private static Fingerprint fingerprint(StoreFile file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
    return new Fingerprint(
        Objects.requireNonNullElse(attributes.fileKey(), ""),
        attributes.lastModifiedTime(),
        attributes.size());
  }

  Mode mode() {
    return mode;
  }

  /** Tells whether a transaction that begins now would read everything that is committed. */
  boolean isCurrent() {
    return mode == Mode.SHARED
        || (isSettled
            && mode == mode(file)
            && file.log().length() == logSize
            && file.log().lastModified() == logModified
            && isDatabaseUnchanged());
  }

  /** Checked after rows were read: a checkpoint changes the file; a commit alone does not. */
  void verifyUnchanged() throws ChangedFileException {
    if (!isDatabaseUnchanged()) {
      throw new ChangedFileException();
    }
  }

  private boolean isDatabaseUnchanged() {
    if (database == null) {
      return true;
    }
    try {
      return database.equals(fingerprint(file));
    } catch (IOException e) {
      // Gone or out of reach, so not unchanged; opening it again reports the reason.
      return false;
    }
  }
}
