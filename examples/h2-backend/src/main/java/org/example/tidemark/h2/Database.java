package org.example.tidemark.h2;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.StoreLocation;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.h2.Driver;

/** Where a store is, and how a connection to it is made. */
final class Database {
  /** What H2 adds to the path. */
  private static final String SUFFIX = ".mv.db";

  private final StoreLocation location;
  private final Path path;
  private final boolean waitsForMedium;

  private Database(StoreLocation location, Path path, boolean waitsForMedium) {
    this.location = location;
    this.path = path;
    this.waitsForMedium = waitsForMedium;
  }

  static Database at(StoreLocation location) {
    Map<String, String> parameters = location.parameters();
    if (!Set.of("sync").containsAll(parameters.keySet())) {
      throw invalid(location, "unknown parameters " + parameters.keySet(), "only sync is known");
    }
    String sync = parameters.getOrDefault("sync", "on");
    if (!Set.of("on", "off").contains(sync)) {
      throw invalid(location, "sync=" + sync, "write sync=on or sync=off");
    }
    // H2 would read settings behind a semicolon.
    if (location.address().isEmpty() || location.address().contains(";")) {
      throw invalid(location, "no path, or one with a semicolon", "write it as h2:path");
    }
    try {
      Path path = Path.of(location.address()).toAbsolutePath().normalize();
      return new Database(location, path, sync.equals("on"));
    } catch (InvalidPathException e) {
      throw invalid(location, "not a path: " + e.getReason(), "write it as h2:path");
    }
  }

  private static TidemarkException invalid(StoreLocation location, String problem, String remedy) {
    return TidemarkException.of(ErrorCode.INVALID_STORE_URI)
        .with(Detail.PROBLEM, problem)
        .with(Detail.REMEDY, remedy)
        .with(Detail.STORE, location)
        .build();
  }

  Path path() {
    return path;
  }

  boolean waitsForMedium() {
    return waitsForMedium;
  }

  boolean exists() {
    return Files.exists(path.resolveSibling(path.getFileName() + SUFFIX));
  }

  // tutorial: connect
  /**
   * Connects; the first connection of this process opens the file, the last one closes it.
   *
   * <ul>
   *   <li>{@code async:} is a file system of H2 in which an interrupted thread does not close the
   *       file for all others.
   *   <li>H2 may hand out the result of the same query again; it looks for commits since then, but
   *       not at the snapshot that the first one was read from.
   *   <li>The file is closed with its last connection and not by a hook at the end of the JVM.
   * </ul>
   */
  Connection connect() throws SQLException {
    String url = "jdbc:h2:async:" + path + ";OPTIMIZE_REUSE_RESULTS=FALSE;DB_CLOSE_ON_EXIT=FALSE";
    Connection connection = new Driver().connect(url, new Properties());
    try {
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  // tutorial: end

  TidemarkException.Builder failure(ErrorCode code) {
    return TidemarkException.of(code).with(Detail.STORE, location);
  }
}
