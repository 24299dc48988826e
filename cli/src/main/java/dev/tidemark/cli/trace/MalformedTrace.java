package dev.tidemark.cli.trace;

import dev.tidemark.api.Detail;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;

/** A trace cannot be read: which file, which line, what is wrong with it, and what to do. */
public final class MalformedTrace extends CommandFailure {
  private static final long serialVersionUID = 1L;
  private static final String CODE = "TRACE_MALFORMED";

  MalformedTrace(String file, long line, String problem, String remedy, Exception cause) {
    super(
        ExitCode.BAD_INPUT,
        CODE,
        "%s, line %d: the trace is malformed: %s".formatted(file, line, problem),
        remedy);
    with(Detail.FILE, file);
    with(Detail.LINE, line);
    with(Detail.PROBLEM, problem);
    initCause(cause);
  }
}
