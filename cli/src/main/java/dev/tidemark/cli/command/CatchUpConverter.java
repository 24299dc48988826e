package dev.tidemark.cli.command;

import dev.tidemark.api.CatchUpPolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads when a tree is brought up to date: immediate, deferred, or a limit of work. */
final class CatchUpConverter implements ITypeConverter<CatchUpPolicy> {
  @Override
  public CatchUpPolicy convert(String text) {
    if (text.equals("immediate")) {
      return CatchUpPolicy.immediate();
    }
    if (text.equals("deferred")) {
      return CatchUpPolicy.deferred();
    }
    if (text.matches("\\d{1,18}")) {
      return CatchUpPolicy.immediateUpTo(Long.parseLong(text));
    }
    throw new TypeConversionException(
        "'" + text + "' is no time to catch up; write immediate, deferred or a number");
  }
}
