package dev.tidemark.postgres.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A PgBouncer in transaction mode in front of a server. */
final class PgBouncer {
  private static final int START_SECONDS = 30;

  private PgBouncer() {}

  /**
   * Starts it, until this JVM ends.
   *
   * @param program the installed program
   * @param server what is behind it
   * @return where it listens; with the driver's setting for versions before 1.21
   */
  static PostgresAddress start(Path program, PostgresAddress server) {
    try {
      Path directory = Files.createTempDirectory("tidemark-pgbouncer");
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      ServerUser user = ServerUser.forData(directory);
      user.own(directory);
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      Path users = directory.resolve("users.txt");
      Files.writeString(
          users,
          "\"%s\" \"%s\"%n"
              .formatted(
                  Objects.requireNonNull(server.parameters().get("user")),
                  Objects.requireNonNull(server.parameters().get("password"))));
      Path configuration = directory.resolve("pgbouncer.ini");
      Files.writeString(configuration, configuration(server, port, users));
      Path log = directory.resolve("pgbouncer.log");
      GuardedProcess process =
          GuardedProcess.start(
              user, directory, "TERM", List.of(program.toString(), configuration.toString()), log);
      Runtime.getRuntime().addShutdownHook(new Thread(process::close));
      // As documented: who listens through it hears nothing.
      PostgresAddress address =
          server.withPort(port).with("prepareThreshold", "0").with("notify", "off");
      awaitAnswer(process, address, log);
      System.out.println("Started PgBouncer in transaction mode on port " + port);
      return address;
    } catch (IOException e) {
      throw new IllegalStateException("PgBouncer cannot start here: " + e.getMessage(), e);
    }
  }

  private static String configuration(PostgresAddress server, int port, Path users) {
    return """
        [databases]
        * = host=%s port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = scram-sha-256
        auth_file = %s
        pool_mode = transaction
        default_pool_size = 20
        max_client_conn = 500
        ignore_startup_parameters = extra_float_digits
        """
        .formatted(server.host(), server.port(), port, users);
  }

  private static void awaitAnswer(GuardedProcess process, PostgresAddress address, Path log)
      throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try {
        address.execute("SELECT 1");
        return;
      } catch (SQLException e) {
        if (process.endsWithin(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          throw new IOException(e.getMessage() + "\n" + Files.readString(log), e);
        }
      }
    }
  }
}
