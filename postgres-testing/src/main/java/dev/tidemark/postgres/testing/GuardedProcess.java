package dev.tidemark.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server's process, which ends with this JVM however that ends. */
final class GuardedProcess implements AutoCloseable {
  /**
   * Ends with the server. When its input ends first, which is when this JVM closes it or dies, it
   * takes the server and its directory along. The first arguments are the signal to use and the
   * directory to remove.
   */
  private static final String GUARD =
      """
      signal=$1; directory=$2; shift 2
      exec 3<&0
      "$@" </dev/null 3<&- &
      server=$!
      { read -r line <&3; kill -$signal $server; } &
      watch=$!
      wait $server
      kill $watch 2>/dev/null || rm -rf "$directory"
      """;

  private static final int END_SECONDS = 60;

  private final Process guard;

  private GuardedProcess(Process guard) {
    this.guard = guard;
  }

  static GuardedProcess start(
      ServerUser user, Path directory, String signal, List<String> command, Path log)
      throws IOException {
    List<String> guarded = new ArrayList<>();
    guarded.addAll(List.of("/bin/sh", "-c", GUARD, "guard", signal, directory.toString()));
    guarded.addAll(command);
    return new GuardedProcess(
        builder(user, directory, guarded)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  /** Prepares a command as another user, in a directory where that one may be. */
  static ProcessBuilder builder(ServerUser user, Path directory, List<String> command) {
    return new ProcessBuilder(user.command(command))
        .redirectErrorStream(true)
        .directory(directory.toFile());
  }

  /** Tells whether the server ends by itself in so short a time. */
  boolean endsWithin(long time, TimeUnit unit) {
    try {
      return guard.waitFor(time, unit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a server was waited for", e);
    }
  }

  /** Waits until the server has ended by itself. */
  void awaitEnd() {
    if (!endsWithin(END_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The server does not end.");
    }
  }

  /** Ends the server, if it runs, and removes its directory. */
  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitEnd();
  }
}
