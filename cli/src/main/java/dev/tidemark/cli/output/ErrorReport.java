package dev.tidemark.cli.output;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One error as it is told: what is wrong, what to do, how the command ends.
 *
 * @param exitCode how the command ends
 * @param code a stable name for scripts
 * @param problem what is wrong, without a full stop
 * @param remedy what to do, without a full stop; empty where there is no advice
 * @param isRetryable whether the same command can succeed when it is run again
 * @param details what is known of the case
 */
record ErrorReport(
    ExitCode exitCode,
    String code,
    String problem,
    String remedy,
    boolean isRetryable,
    Map<Detail, Object> details) {
  static ErrorReport of(Throwable failure) {
    if (failure instanceof TidemarkException error) {
      return new ErrorReport(
          ExitCode.of(error.code()),
          error.code().name(),
          describe(error),
          Remedies.of(error),
          error.isRetryable(),
          error.details());
    }
    if (failure instanceof CommandFailure error) {
      return new ErrorReport(
          error.exitCode(),
          error.code(),
          error.problem(),
          error.remedy(),
          error.exitCode() == ExitCode.RETRYABLE,
          error.details());
    }
    if (failure instanceof OutputFailure error) {
      return ofCommand(
          ExitCode.STORE,
          "the results cannot be written: " + error.getMessage(),
          "Check where the output goes");
    }
    if (failure instanceof OutOfMemoryError) {
      return ofCommand(
          ExitCode.STORE,
          "there is not enough memory",
          "Give the command more, for example with TIDEMARK_JAVA_OPTS=-Xmx4g");
    }
    return ofCommand(
        ExitCode.INTERNAL,
        "internal error: " + failure,
        "Run the same command with --stacktrace and report what it prints as an issue");
  }

  static ErrorReport ofCommand(ExitCode exitCode, String problem, String remedy) {
    return new ErrorReport(
        exitCode, exitCode.name(), problem, remedy, exitCode == ExitCode.RETRYABLE, Map.of());
  }

  /** The error as one line for people. */
  String line() {
    return oneLine("tidemark: " + sentence(problem) + (remedy.isEmpty() ? "" : " " + advice()));
  }

  private String advice() {
    return sentence(Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1));
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  /** The error as one JSON document for scripts. */
  Report toReport() {
    Report named = new Report();
    details.forEach(
        (detail, value) -> {
          if (detail != Detail.REMEDY) {
            named.with(
                detail.name().toLowerCase(Locale.ROOT),
                value instanceof Number ? value : value.toString());
          }
        });
    return new Report()
        .with(
            "error",
            new Report()
                .with("code", code)
                .with("message", oneLine(problem))
                .with("remedy", oneLine(remedy))
                .with("retryable", isRetryable)
                .with("exitCode", exitCode.number())
                .with("details", named));
  }

  /** Where it is, what is wrong, and then the rest. */
  private static String describe(TidemarkException error) {
    StringBuilder text = new StringBuilder();
    error.detail(Detail.FILE).ifPresent(file -> text.append(file));
    error.detail(Detail.LINE).ifPresent(line -> text.append(", line ").append(line));
    text.append(text.length() == 0 ? "" : ": ").append(error.code().message());
    error.detail(Detail.PROBLEM).ifPresent(problem -> text.append(": ").append(problem));
    String others =
        error.details().entrySet().stream()
            .filter(entry -> !isToldElsewhere(entry.getKey()))
            .filter(entry -> !isAdviceForPrograms(error.code(), entry.getKey()))
            // The file says it better than the URI that it was made of.
            .filter(entry -> entry.getKey() != Detail.STORE || error.detail(Detail.FILE).isEmpty())
            .map(entry -> entry.getKey().label() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? text.toString() : text + " (" + others + ")";
  }

  /** The schemes are in the remedy, and JARs are not what one adds to a command. */
  private static boolean isAdviceForPrograms(ErrorCode code, Detail detail) {
    return code == ErrorCode.BACKEND_NOT_FOUND
        && (detail == Detail.ARTIFACT || detail == Detail.FOUND);
  }

  private static boolean isToldElsewhere(Detail detail) {
    return switch (detail) {
      case FILE, LINE, PROBLEM, REMEDY -> true;
      default -> false;
    };
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
