package dev.tidemark.postgres.testing;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a database is, and who asks.
 *
 * @param host the host's name or address
 * @param port the port
 * @param database the database
 * @param parameters user, password, and further options of the driver
 */
public record PostgresAddress(
    String host, int port, String database, Map<String, String> parameters) {
  private static final Pattern FORM =
      Pattern.compile("(?:jdbc:)?postgres(?:ql)?://([^:/?]+)(?::(\\d+))?/([^?]+)(?:\\?(.*))?");

  /** Copies the parameters. */
  public PostgresAddress {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Reads a URL as the JDBC driver takes it, with or without {@code jdbc:}.
   *
   * @param url {@code postgresql://host:port/database?user=name&password=text}
   * @return its parts
   */
  public static PostgresAddress parse(String url) {
    Matcher matcher = FORM.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Not of the form postgresql://host:port/database?user=name&password=text");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    if (matcher.group(4) != null) {
      for (String pair : matcher.group(4).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          parameters.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
        }
      }
    }
    int port = matcher.group(2) == null ? 5432 : Integer.parseInt(matcher.group(2));
    return new PostgresAddress(matcher.group(1), port, matcher.group(3), parameters);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /**
   * Returns the same with another port, for a proxy on this machine.
   *
   * @param other the port
   * @return the address
   */
  public PostgresAddress withPort(int other) {
    return new PostgresAddress("127.0.0.1", other, database, parameters);
  }

  /**
   * Returns the same with another database.
   *
   * @param other the database
   * @return the address
   */
  public PostgresAddress withDatabase(String other) {
    return new PostgresAddress(host, port, other, parameters);
  }

  /**
   * Returns the same for somebody else.
   *
   * @param user the role
   * @param password its password
   * @return the address
   */
  public PostgresAddress withUser(String user, String password) {
    return with("user", user).with("password", password);
  }

  /**
   * Returns the same with one parameter more.
   *
   * @param name its name
   * @param value its value
   * @return the address
   */
  public PostgresAddress with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new PostgresAddress(host, port, database, more);
  }

  /**
   * Returns the URI, as {@code Tidemark.open} takes it.
   *
   * @return {@code postgresql://…}
   */
  public String uri() {
    String query =
        parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + encode(each.getValue()))
            .collect(Collectors.joining("&"));
    return "postgresql://"
        + host
        + ":"
        + port
        + "/"
        + database
        + (query.isEmpty() ? "" : "?" + query);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Returns the URI of a store in a schema of this database.
   *
   * @param schema the schema's name
   * @return {@code postgresql://…&schema=…}
   */
  public String store(String schema) {
    return with("schema", schema).uri();
  }

  /**
   * Connects, past Tidemark.
   *
   * @return a new connection, in autocommit mode
   * @throws SQLException if that fails
   */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:" + uri());
  }

  /**
   * Executes statements on a connection of their own, past Tidemark.
   *
   * @param statements the statements
   * @throws SQLException if one fails
   */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
