package dev.tidemark.postgres.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.StoreLocation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tidemark's own parameters of a store's URI; all others are the driver's.
 *
 * @param schema the schema that has the tables
 * @param poolSize the most connections for transactions
 * @param lockTimeout how long to wait for another writer, in milliseconds
 * @param connectionTimeout how long to wait for a connection, in milliseconds
 * @param notifies whether a commit tells those who listen
 * @param isNative whether statements may use what only PostgreSQL has
 */
public record StoreOptions(
    String schema,
    int poolSize,
    int lockTimeout,
    int connectionTimeout,
    boolean notifies,
    boolean isNative) {
  private static final StoreOptions DEFAULT =
      new StoreOptions("tidemark", 10, 5_000, 10_000, true, true);

  /** The longest identifier of PostgreSQL, in bytes, beyond which it would cut one silently. */
  private static final int LONGEST_IDENTIFIER = 63;

  private enum Parameter {
    SCHEMA,
    POOL_SIZE,
    LOCK_TIMEOUT,
    CONNECTION_TIMEOUT,
    NOTIFY,
    STATEMENTS;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads the parameters of a URI, and passes over those that are not Tidemark's own.
   *
   * @param location the URI
   * @return the options
   * @throws TidemarkException with {@code INVALID_STORE_URI} for a value of no sense
   */
  public static StoreOptions of(StoreLocation location) {
    Addresses.ensureClear(location);
    StoreOptions options = DEFAULT;
    for (Map.Entry<String, String> entry : location.parameters().entrySet()) {
      for (Parameter parameter : Parameter.values()) {
        if (parameter.label().equals(entry.getKey())) {
          options = options.with(location, parameter, entry.getValue());
        }
      }
    }
    return options;
  }

  /**
   * Tells whether a parameter is Tidemark's own.
   *
   * @param name its name
   * @return whether {@link #of} reads it
   */
  static boolean isOwn(String name) {
    return Arrays.stream(Parameter.values()).anyMatch(own -> own.label().equals(name));
  }

  /** Returns the names, for messages. */
  static String names() {
    return Arrays.stream(Parameter.values())
        .map(Parameter::label)
        .collect(Collectors.joining(", "));
  }

  private StoreOptions with(StoreLocation location, Parameter parameter, String value) {
    String name = parameter.label();
    String newSchema = schema;
    int newPoolSize = poolSize;
    int newLockTimeout = lockTimeout;
    int newConnectionTimeout = connectionTimeout;
    boolean newNotifies = notifies;
    boolean newNative = isNative;
    switch (parameter) {
      case SCHEMA -> newSchema = schema(location, value);
      case POOL_SIZE -> newPoolSize = number(location, name, value, 2, 1_000);
      case LOCK_TIMEOUT -> newLockTimeout = number(location, name, value, 1, 3_600_000);
      case CONNECTION_TIMEOUT ->
          // No less: HikariCP takes none below a quarter of a second.
          newConnectionTimeout = number(location, name, value, 250, 3_600_000);
      case NOTIFY -> newNotifies = isOn(location, name, value);
      case STATEMENTS ->
          newNative = "native".equals(choice(location, name, value, "native", "portable"));
    }
    return new StoreOptions(
        newSchema, newPoolSize, newLockTimeout, newConnectionTimeout, newNotifies, newNative);
  }

  private static String schema(StoreLocation location, String value) {
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (value.isBlank() || bytes > LONGEST_IDENTIFIER || value.indexOf('\0') >= 0) {
      throw invalid(
          location, "no name of a schema", "name one of 1 to " + LONGEST_IDENTIFIER + " bytes");
    }
    return value;
  }

  private static boolean isOn(StoreLocation location, String name, String value) {
    return "on".equals(choice(location, name, value, "on", "off"));
  }

  private static String choice(
      StoreLocation location, String name, String value, String first, String second) {
    if (value.equals(first) || value.equals(second)) {
      return value;
    }
    throw invalid(
        location, "no value for " + name, "write " + name + "=" + first + " or " + second);
  }

  private static int number(
      StoreLocation location, String name, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As bad as a number out of range.
    }
    throw invalid(location, "no value for " + name, "write a number from " + least + " to " + most);
  }

  static TidemarkException invalid(StoreLocation location, String problem, String remedy) {
    return TidemarkException.of(ErrorCode.INVALID_STORE_URI)
        .with(Detail.STORE, Addresses.withoutSecrets(location))
        .with(Detail.PROBLEM, problem)
        .with(Detail.REMEDY, remedy)
        .build();
  }
}
