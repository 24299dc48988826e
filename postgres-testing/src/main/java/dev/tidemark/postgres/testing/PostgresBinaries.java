package dev.tidemark.postgres.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once per machine, user and version. */
final class PostgresBinaries {
  private static final String COMPLETE = ".complete";

  private PostgresBinaries() {}

  /** Returns the folder that has {@code bin}, {@code lib} and {@code share}. */
  static Path home() throws IOException {
    String archive = "postgres-" + system() + "-" + architecture() + ".txz";
    URL resource = PostgresBinaries.class.getClassLoader().getResource(archive);
    if (resource == null) {
      throw new IOException("No PostgreSQL for this platform on the class path (" + archive + ")");
    }
    // Every archive has the same name, so the version is taken from the JAR's.
    String version = resource.getPath().replaceFirst("!.*", "").replaceFirst(".*/", "");
    Path parent =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("tidemark-postgres-" + System.getProperty("user.name"));
    Files.createDirectories(parent);
    // The server runs as another user where this one is root.
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path home = parent.resolve(version.replace(".jar", ""));
    if (!Files.exists(home.resolve(COMPLETE))) {
      try (FileChannel lock =
              FileChannel.open(
                  parent.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = lock.lock()) {
        if (held.isValid() && !Files.exists(home.resolve(COMPLETE))) {
          unpack(resource, home);
          Files.createFile(home.resolve(COMPLETE));
        }
      }
    }
    return home;
  }

  private static void unpack(URL resource, Path home) throws IOException {
    try (InputStream compressed = new BufferedInputStream(resource.openStream());
        TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(compressed))) {
      for (TarArchiveEntry entry = archive.getNextEntry();
          entry != null;
          entry = archive.getNextEntry()) {
        Path path = home.resolve(entry.getName()).normalize();
        if (!path.startsWith(home)) {
          throw new IOException("An entry outside the archive: " + entry.getName());
        }
        Files.createDirectories(entry.isDirectory() ? path : path.getParent());
        if (entry.isSymbolicLink()) {
          // What an interrupted run left is not trusted.
          Files.deleteIfExists(path);
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
          Files.deleteIfExists(path);
          Files.copy(archive, path);
          boolean program = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name.startsWith("linux") ? "linux" : name;
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "arm_64";
      default -> name;
    };
  }
}
