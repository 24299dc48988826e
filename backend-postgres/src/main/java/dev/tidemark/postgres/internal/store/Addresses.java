package dev.tidemark.postgres.internal.store;

import dev.tidemark.spi.StoreLocation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** From the URI of a store to what the driver takes. */
final class Addresses {
  /**
   * {@code //user:password@hosts/database}: the user's part ends with the last at sign. Anything
   * else that has two slashes in front is no address, or has a password with signs of its own.
   */
  private static final Pattern WITH_HOSTS =
      Pattern.compile("//(?:([^/]*)@)?(HOST(?:,HOST)*)?(/[^@]*)?".replace("HOST", host()));

  private Addresses() {}

  private static String host() {
    return "(?:\\[[0-9A-Fa-f:.]+]|[^/@:,\\[\\]]+)(?::[0-9]{1,5})?";
  }

  /**
   * Refuses an address that the driver would take for another one than was meant, or would log with
   * all that is in it.
   */
  static void ensureClear(StoreLocation location) {
    if (!isClear(location)) {
      throw StoreOptions.invalid(
          location,
          "the address cannot be told from user and password",
          "write it as postgresql://user:password@host:port/database, and in user, password and"
              + " parameters %2F for a slash, %3F for a question mark, %40 for an at sign");
    }
  }

  private static boolean isClear(StoreLocation location) {
    String address = location.address();
    int query = location.uri().indexOf('?');
    boolean hasUserBehind = query >= 0 && location.uri().indexOf('@', query) >= 0;
    return !hasUserBehind
        && (address.startsWith("//")
            ? WITH_HOSTS.matcher(address).matches()
            : address.indexOf('@') < 0);
  }

  /** Returns the text for messages: no parameters, and nothing of the password. */
  static String withoutSecrets(StoreLocation location) {
    return isClear(location) ? location.toString() : location.scheme() + ":…";
  }

  /** Returns the driver's URL, which has no user and no parameters. */
  static String url(StoreLocation location) {
    ensureClear(location);
    String url =
        "jdbc:postgresql:" + withoutSecrets(location).substring(location.scheme().length() + 1);
    Properties parsed = Driver.parseURL(url, null);
    if (parsed == null) {
      throw StoreOptions.invalid(
          location,
          "no address of a server and database",
          "write it as postgresql://user:password@host:port/database");
    }
    return url;
  }

  /** Returns the driver's properties: user, password, and the parameters that are the driver's. */
  static Properties properties(StoreLocation location) {
    Properties properties = defaults();
    Matcher matcher = WITH_HOSTS.matcher(location.address());
    if (matcher.matches() && matcher.group(1) != null) {
      String user = matcher.group(1);
      int colon = user.indexOf(':');
      PGProperty.USER.set(
          properties, decode(location, colon < 0 ? user : user.substring(0, colon)));
      if (colon >= 0) {
        PGProperty.PASSWORD.set(properties, decode(location, user.substring(colon + 1)));
      }
    }
    for (Map.Entry<String, String> entry : location.parameters().entrySet()) {
      if (!StoreOptions.isOwn(entry.getKey())) {
        set(location, properties, entry.getKey(), entry.getValue());
      }
    }
    return properties;
  }

  private static Properties defaults() {
    Properties properties = new Properties();
    PGProperty.APPLICATION_NAME.set(properties, "tidemark");
    // A server that vanished without a word is noticed, by the system or, at last, by the driver.
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.SOCKET_TIMEOUT.set(properties, 300);
    return properties;
  }

  private static void set(
      StoreLocation location, Properties properties, String name, String value) {
    if (PGProperty.forName(name) == null) {
      // The driver passes over what it does not know, and a mistake would stay unseen.
      throw StoreOptions.invalid(
          location, "unknown parameter " + name, "the driver's, or one of " + StoreOptions.names());
    }
    properties.setProperty(name, value);
  }

  private static String decode(StoreLocation location, String text) {
    try {
      // Unlike in parameters, a plus sign is one.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw StoreOptions.invalid(
          location, "broken percent encoding of the user", "write a percent sign as %25");
    }
  }
}
