package dev.tidemark.cli.command;

import dev.tidemark.api.Detail;
import dev.tidemark.api.TidemarkException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Adds to errors of the library what only the command knows. */
final class ErrorPlaces {
  private ErrorPlaces() {}

  /** Names the file that the input came from. */
  static <T> T ofFile(Path file, Supplier<T> work) {
    try {
      return work.get();
    } catch (TidemarkException e) {
      boolean isKnown = e.detail(Detail.FILE).isPresent();
      throw isKnown ? e : with(e, Detail.FILE, file.toString());
    }
  }

  /** The same error with one detail more, or another. */
  static TidemarkException with(TidemarkException error, Detail detail, Object value) {
    TidemarkException.Builder copy = TidemarkException.of(error.code()).causedBy(error);
    error.details().forEach(copy::with);
    return copy.with(detail, value).build();
  }
}
