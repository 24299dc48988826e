package dev.tidemark.sqlite.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.StoreLocation;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The parameters of a store's URI.
 *
 * @param synchronous when a commit waits for the medium
 * @param busyTimeout how long to wait for another writer, in milliseconds
 * @param readers how many idle reading connections are kept
 * @param cacheSize the page cache of one connection, in bytes
 * @param maxSize the largest database file, in bytes; 0 for no limit
 */
public record StoreOptions(
    Synchronous synchronous, int busyTimeout, int readers, long cacheSize, long maxSize) {
  private static final StoreOptions DEFAULT =
      new StoreOptions(Synchronous.FULL, 5_000, 4, 8L << 20, 0);

  /** When a commit waits for the medium. */
  public enum Synchronous {
    /** Never: a commit survives the end of the process, and not that of the machine. */
    OFF,
    /**
     * At checkpoints: after a loss of power the last commits may be gone, and nothing is damaged.
     */
    NORMAL,
    /** At each commit: what is committed is durable. */
    FULL,
    /** As {@link #FULL}, and directories are synchronized as well. */
    EXTRA
  }

  private enum Parameter {
    SYNCHRONOUS,
    BUSY_TIMEOUT,
    READERS,
    CACHE_SIZE,
    MAX_SIZE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads the parameters of a URI.
   *
   * @param location the URI
   * @return the options
   * @throws TidemarkException with {@code INVALID_STORE_URI} for an unknown name or value
   */
  public static StoreOptions of(StoreLocation location) {
    StoreOptions options = DEFAULT;
    for (Map.Entry<String, String> entry : location.parameters().entrySet()) {
      options = options.with(location, entry.getKey(), entry.getValue());
    }
    return options;
  }

  private StoreOptions with(StoreLocation location, String name, String value) {
    return switch (parameter(location, name)) {
      case SYNCHRONOUS ->
          new StoreOptions(synchronous(location, value), busyTimeout, readers, cacheSize, maxSize);
      case BUSY_TIMEOUT -> {
        int timeout = (int) number(location, name, value, 0, 3_600_000);
        yield new StoreOptions(synchronous, timeout, readers, cacheSize, maxSize);
      }
      case READERS -> {
        int count = (int) number(location, name, value, 1, 256);
        yield new StoreOptions(synchronous, busyTimeout, count, cacheSize, maxSize);
      }
      case CACHE_SIZE -> {
        long bytes = number(location, name, value, 64 << 10, 64L << 30);
        yield new StoreOptions(synchronous, busyTimeout, readers, bytes, maxSize);
      }
      case MAX_SIZE -> {
        long bytes = number(location, name, value, 256 << 10, 1L << 47);
        yield new StoreOptions(synchronous, busyTimeout, readers, cacheSize, bytes);
      }
    };
  }

  private static Parameter parameter(StoreLocation location, String name) {
    for (Parameter parameter : Parameter.values()) {
      if (parameter.label().equals(name)) {
        return parameter;
      }
    }
    String known =
        Arrays.stream(Parameter.values()).map(Parameter::label).collect(Collectors.joining(", "));
    throw invalid(location, "unknown parameter " + name, "known are " + known);
  }

  private static Synchronous synchronous(StoreLocation location, String value) {
    for (Synchronous mode : Synchronous.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(value)) {
        return mode;
      }
    }
    throw invalid(
        location, "synchronous is " + value, "write synchronous=full, normal, off or extra");
  }

  private static long number(
      StoreLocation location, String name, String value, long least, long most) {
    if (value.matches("[0-9]{1,18}")) {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw invalid(location, name + " is " + value, "write a number from " + least + " to " + most);
  }

  private static TidemarkException invalid(StoreLocation location, String problem, String remedy) {
    return TidemarkException.of(ErrorCode.INVALID_STORE_URI)
        .with(Detail.STORE, location)
        .with(Detail.PROBLEM, problem)
        .with(Detail.REMEDY, remedy)
        .build();
  }
}
