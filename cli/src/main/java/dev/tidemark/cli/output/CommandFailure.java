package dev.tidemark.cli.output;

import dev.tidemark.api.Detail;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A command cannot go on, for a reason that the library does not know: files, arguments. */
public class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String code;
  private final String problem;
  private final String remedy;
  private final transient Map<Detail, Object> details = new EnumMap<>(Detail.class);

  /**
   * Says what is wrong and what to do.
   *
   * @param exitCode how the command ends
   * @param problem what is wrong: a phrase without a full stop
   * @param remedy what to do about it: a sentence without its full stop
   */
  public CommandFailure(ExitCode exitCode, String problem, String remedy) {
    this(exitCode, exitCode.name(), problem, remedy);
  }

  /**
   * Says what is wrong and what to do.
   *
   * @param exitCode how the command ends
   * @param code a stable name for scripts
   * @param problem what is wrong: a phrase without a full stop
   * @param remedy what to do about it: a sentence without its full stop
   */
  public CommandFailure(ExitCode exitCode, String code, String problem, String remedy) {
    super(problem);
    this.exitCode = exitCode;
    this.code = code;
    this.problem = problem;
    this.remedy = remedy;
  }

  /**
   * Adds to the remedy what only the command knows.
   *
   * @param state what was done before the failure: a sentence without its full stop
   * @return the failure to throw instead
   */
  public final CommandFailure after(String state) {
    CommandFailure copy = new CommandFailure(exitCode, code, problem, state + "; " + remedy);
    copy.details.putAll(details);
    copy.initCause(this);
    return copy;
  }

  /**
   * Adds what is known of the case.
   *
   * @param detail its name
   * @param value what it is
   */
  protected final void with(Detail detail, Object value) {
    details.put(detail, value);
  }

  /**
   * Returns what is known of the case.
   *
   * @param detail its name
   * @return its value, if it is known
   */
  public final Optional<Object> detail(Detail detail) {
    return Optional.ofNullable(details.get(detail));
  }

  ExitCode exitCode() {
    return exitCode;
  }

  String code() {
    return code;
  }

  String problem() {
    return problem;
  }

  String remedy() {
    return remedy;
  }

  Map<Detail, Object> details() {
    return Collections.unmodifiableMap(details);
  }
}
