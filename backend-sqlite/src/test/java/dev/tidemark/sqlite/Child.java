package dev.tidemark.sqlite;

import dev.tidemark.api.Payload;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.WriteTransaction;
import java.io.IOException;

/** What another process does with a store: {@link ChildProcess} starts it. */
public final class Child {
  static final String READY = "ready";

  private Child() {}

  /**
   * Does one thing, and says how it went in one line.
   *
   * @param arguments what, and the store's URI
   * @throws IOException if the parent is gone
   */
  public static void main(String[] arguments) throws IOException {
    String uri = arguments[1];
    try {
      switch (arguments[0]) {
        case "read" -> read(uri);
        case "open to write" -> Stores.open(uri, OpenMode.WRITE).close();
        case "create" -> Stores.open(uri, OpenMode.CREATE).close();
        case "commit" -> commit(uri, Integer.parseInt(arguments[2]));
        case "hold" -> hold(uri);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (TidemarkException e) {
      say(e.code() + " " + e.getMessage());
      return;
    }
    say("done");
  }

  private static void read(String uri) {
    try (Backend store = Stores.open(uri, OpenMode.READ)) {
      say("versions " + Stores.versions(store));
    }
  }

  private static void commit(String uri, int versions) {
    try (Backend store = Stores.open(uri, OpenMode.CREATE)) {
      Stores.commit(store, versions);
    }
  }

  /** Commits once and writes once more; then waits to be told to go on, or to be killed. */
  private static void hold(String uri) throws IOException {
    Backend store = Stores.open(uri + "?cache_size=100000", OpenMode.WRITE);
    Stores.commit(store, 1);
    try (WriteTransaction transaction = store.beginWrite(Stores.NOTES)) {
      // More than the page cache holds, so that some of it is in the log already.
      for (int i = 0; i < 200; i++) {
        Stores.append(transaction, Payload.of(new byte[16_000]));
      }
      say(READY);
      int told = System.in.read();
      if (told < 0) {
        return;
      }
      transaction.commit();
    }
    store.close();
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
