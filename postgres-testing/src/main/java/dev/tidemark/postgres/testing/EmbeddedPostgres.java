package dev.tidemark.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of its own, with an empty cluster in a temporary directory, reached on the
 * loopback address by the role {@code postgres} with a password. It ends with this JVM however that
 * ends. For one thread.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final String PASSWORD = "secret & %41 ü";
  private static final int START_SECONDS = 60;
  private static final int PORT_ATTEMPTS = 5;

  private final Path home;
  private final Path directory;
  private final ServerUser user;
  private final Map<String, String> settings;
  private int port;
  private @Nullable GuardedProcess running;

  private EmbeddedPostgres(Path home, Path directory, Map<String, String> settings)
      throws IOException {
    this.home = home;
    this.directory = directory;
    this.user = ServerUser.forData(directory);
    this.settings = settings;
  }

  /**
   * Starts a server that does not wait for the medium: what it committed survives the kill of its
   * processes, and not the fall of the machine.
   *
   * @return the server
   */
  public static EmbeddedPostgres start() {
    return start(Map.of());
  }

  /**
   * Starts a server.
   *
   * @param settings settings beside, or instead of, those of {@link #start()}
   * @return the server
   * @throws IllegalStateException if it does not start, with what it said
   */
  public static EmbeddedPostgres start(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("listen_addresses", "127.0.0.1");
    all.put("unix_socket_directories", "");
    all.put("fsync", "off");
    all.put("full_page_writes", "off");
    all.put("synchronous_commit", "on");
    all.put("wal_level", "minimal");
    all.put("max_wal_senders", "0");
    all.put("log_line_prefix", "%m [%p] %u %a: ");
    all.putAll(settings);
    try {
      Path directory = Files.createTempDirectory("tidemark-postgres");
      EmbeddedPostgres server = new EmbeddedPostgres(PostgresBinaries.home(), directory, all);
      try {
        server.initialize();
        server.startOnFreePort();
      } catch (IOException | RuntimeException e) {
        server.close();
        throw e;
      }
      System.out.println("Started " + server);
      return server;
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL cannot start here: " + e.getMessage(), e);
    }
  }

  private void initialize() throws IOException {
    // Others must reach the data directory, which is the server's own.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    user.own(directory);
    Path password = directory.resolve("password");
    Files.writeString(password, PASSWORD + "\n");
    user.own(password);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program("initdb"), "--pgdata", data().toString()));
    command.addAll(List.of("--username=postgres", "--pwfile", password.toString()));
    // A language's order, so that text compared where bytes are meant shows.
    command.addAll(
        List.of("--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US"));
    command.addAll(List.of("--auth=scram-sha-256", "--no-sync", "--no-instructions"));
    run(command);
    Files.delete(password);
  }

  private void startOnFreePort() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      try {
        restart();
        return;
      } catch (IllegalStateException e) {
        // Somebody else was given the port in between.
        if (attempt == PORT_ATTEMPTS || !log().contains("Address already in use")) {
          throw e;
        }
      }
    }
  }

  /**
   * Starts the server again, on the same port and data, after {@link #stop} or {@link #kill}.
   *
   * @throws IllegalStateException if it does not start, with what it said
   */
  public void restart() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program("postgres"), "-D", data().toString()));
    command.addAll(List.of("-p", Integer.toString(port)));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    try {
      while (!starts(command, end)) {
        // What was killed is not gone at once.
        if (System.nanoTime() > end || !lastLines().contains("pre-existing shared memory block")) {
          throw new IllegalStateException("PostgreSQL did not start: " + this + "\n" + log());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL cannot start here: " + e.getMessage(), e);
    }
  }

  private boolean starts(List<String> command, long end) throws IOException {
    GuardedProcess started = GuardedProcess.start(user, directory, "QUIT", command, logFile());
    running = started;
    while (!isReady()) {
      if (started.endsWithin(10, TimeUnit.MILLISECONDS)) {
        return false;
      }
      if (System.nanoTime() > end) {
        started.close();
        return false;
      }
    }
    return true;
  }

  private String lastLines() {
    String log = log();
    return log.substring(Math.max(0, log.length() - 1_000));
  }

  /** The server's own word: the eighth line of its lock file. */
  private boolean isReady() throws IOException {
    Path lock = data().resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return false;
    }
    List<String> lines = Files.readAllLines(lock);
    return lines.size() > 7
        && Set.of("ready", "standby").contains(lines.get(7).strip())
        && ProcessHandle.of(Long.parseLong(lines.get(0))).isPresent();
  }

  /** Kills all processes of the server at once, as a power cut of that machine would. */
  public void kill() {
    GuardedProcess killed = running;
    if (killed == null) {
      throw new IllegalStateException("The server does not run.");
    }
    try {
      long pid = Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).get(0));
      ProcessHandle.of(pid).ifPresent(EmbeddedPostgres::killTree);
      killed.awaitEnd();
      running = null;
      // Its number may be another process's by the time of the restart.
      Files.deleteIfExists(data().resolve("postmaster.pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void killTree(ProcessHandle server) {
    List<ProcessHandle> children = server.descendants().toList();
    // The parent first: it would end the others in order, and start new ones.
    server.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** Stops the server in order: connections are ended, open transactions rolled back. */
  public void stop() {
    GuardedProcess stopped = running;
    if (stopped != null) {
      run(List.of(program("pg_ctl"), "stop", "-D", data().toString(), "-m", "fast", "-w"));
      stopped.awaitEnd();
      running = null;
    }
  }

  /**
   * Makes a standby of the server, which takes no more writes and waits for a primary that never
   * sends any. It has to have been started with {@code wal_level=replica}.
   */
  public void becomeStandby() {
    stop();
    try {
      Path signal = data().resolve("standby.signal");
      Files.createFile(signal);
      user.own(signal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    restart();
  }

  /**
   * Returns where it is reached, as its superuser.
   *
   * @return the address of the database {@code postgres}
   */
  public PostgresAddress address() {
    return new PostgresAddress("127.0.0.1", port, "postgres", Map.of())
        .withUser("postgres", PASSWORD);
  }

  /**
   * Returns all that the server has logged so far.
   *
   * @return the lines
   */
  public String log() {
    try {
      return Files.exists(logFile()) ? Files.readString(logFile()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Path logFile() {
    return directory.resolve("server.log");
  }

  private String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private void run(List<String> command) {
    try {
      Process process = GuardedProcess.builder(user, directory, command).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "PostgreSQL cannot start here, as user " + user + ": " + command + "\n" + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while PostgreSQL was asked", e);
    }
  }

  /** Ends the server without ado and removes its data. */
  @Override
  public void close() {
    GuardedProcess ended = running;
    running = null;
    if (ended != null) {
      ended.close();
    }
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return home.getFileName() + " on port " + port + " as user " + user + " with " + settings;
  }
}
