package dev.tidemark.spi;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI of a store, taken apart: {@code scheme:address?name=value&name=value}. The address is the
 * backend's own business (for SQLite a path as the file system spells it, blanks and all), so it is
 * not decoded; parameter names and values are (percent encoding, UTF-8).
 *
 * @param uri the URI as it was given
 * @param scheme the scheme, in lower case
 * @param address what stands between the scheme and the parameters
 * @param parameters the parameters, in their order
 */
public record StoreLocation(
    String uri, String scheme, String address, Map<String, String> parameters) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):([^?]*)(?:\\?(.*))?");

  /** What stands before the user or host of an address that has one. */
  private static final Pattern BEFORE_HOST = Pattern.compile("^[^/?]*//(?=[^/])");

  /** Copies the parameters. */
  public StoreLocation {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Takes a URI apart.
   *
   * @param uri the URI
   * @return its parts
   * @throws TidemarkException with {@link ErrorCode#INVALID_STORE_URI} if it has no scheme, or a
   *     parameter is repeated or malformed
   */
  public static StoreLocation parse(String uri) {
    Matcher matcher = FORM.matcher(uri);
    if (!matcher.matches()) {
      throw invalid(uri, "no scheme", "write it as scheme:address, for example sqlite:notes.db");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    String query = matcher.group(3);
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw invalid(uri, "parameter without a value", "write it as name=value");
        }
        String name = decode(uri, pair.substring(0, equals));
        if (parameters.put(name, decode(uri, pair.substring(equals + 1))) != null) {
          throw invalid(uri, "a parameter stands twice", "name it once");
        }
      }
    }
    return new StoreLocation(
        uri, matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2), parameters);
  }

  private static String decode(String uri, String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(uri, "broken percent encoding", "write a percent sign as %25");
    }
  }

  private static TidemarkException invalid(String uri, String problem, String remedy) {
    return TidemarkException.of(ErrorCode.INVALID_STORE_URI)
        .with(Detail.STORE, withoutSecrets(uri))
        .with(Detail.PROBLEM, problem)
        .with(Detail.REMEDY, remedy)
        .build();
  }

  /**
   * Returns the scheme and address, without the parameters and the user, which may hold secrets.
   * Nothing before the last at sign is shown behind {@code //}, as a password whose signs were not
   * encoded may look like any other part.
   *
   * @return text for messages
   */
  @Override
  public String toString() {
    return scheme + withoutSecrets(uri).substring(scheme.length());
  }

  private static String withoutSecrets(String uri) {
    int parameters = uri.indexOf('?');
    int end = parameters < 0 ? uri.length() : parameters;
    Matcher start = BEFORE_HOST.matcher(uri);
    int at = uri.lastIndexOf('@');
    if (!start.find() || at < start.end()) {
      return uri.substring(0, end);
    }
    return start.group() + (at < end ? uri.substring(at + 1, end) : "…");
  }
}
