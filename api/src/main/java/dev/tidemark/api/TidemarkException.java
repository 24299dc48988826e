package dev.tidemark.api;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every call throws that fails: a code, its fixed message, named details, whether a retry can
 * help, and the cause where there is one. A call that throws has changed nothing, unless its code
 * is {@link ErrorCode#COMMIT_UNKNOWN}.
 */
public final class TidemarkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why the call failed. */
  private final ErrorCode code;

  private final transient Map<Detail, Object> details;

  private TidemarkException(
      ErrorCode code, Map<Detail, Object> details, @Nullable Throwable cause) {
    super(describe(code, details), cause);
    this.code = code;
    this.details = details;
  }

  /**
   * Starts an exception.
   *
   * @param code why the call failed
   * @return a builder
   */
  public static Builder of(ErrorCode code) {
    return new Builder(code);
  }

  /**
   * Returns why the call failed.
   *
   * @return the code
   */
  public ErrorCode code() {
    return code;
  }

  /**
   * Returns what is known of this case, in the order of {@link Detail}.
   *
   * @return an unmodifiable map; empty after deserialization
   */
  public Map<Detail, Object> details() {
    return details == null ? Map.of() : Collections.unmodifiableMap(details);
  }

  /**
   * Returns one detail.
   *
   * @param detail its name
   * @return its value, if the case has one
   */
  public Optional<Object> detail(Detail detail) {
    return Optional.ofNullable(details().get(detail));
  }

  /**
   * Tells whether the same call can succeed when it is made again.
   *
   * @return whether a retry can help
   */
  public boolean isRetryable() {
    return code.isRetryable();
  }

  private static String describe(ErrorCode code, Map<Detail, Object> details) {
    StringBuilder text = new StringBuilder(code.message());
    String separator = ": ";
    for (Map.Entry<Detail, Object> entry : details.entrySet()) {
      text.append(separator).append(entry.getKey().label()).append(' ').append(entry.getValue());
      separator = ", ";
    }
    return text.toString();
  }

  /** Collects the details of an exception. Not safe for use by several threads. */
  public static final class Builder {
    private final ErrorCode code;
    private final Map<Detail, Object> details = new EnumMap<>(Detail.class);
    private @Nullable Throwable cause;

    private Builder(ErrorCode code) {
      this.code = Objects.requireNonNull(code, "code");
    }

    /**
     * Adds a detail.
     *
     * @param detail its name
     * @param value its value; kept as it is, so values must be immutable
     * @return this
     */
    public Builder with(Detail detail, Object value) {
      details.put(detail, value);
      return this;
    }

    /**
     * Keeps the cause.
     *
     * @param throwable what was thrown below
     * @return this
     */
    public Builder causedBy(Throwable throwable) {
      cause = throwable;
      return this;
    }

    /**
     * Returns the exception.
     *
     * @return a new exception
     */
    public TidemarkException build() {
      return new TidemarkException(code, details, cause);
    }
  }
}
