package dev.tidemark.api;

/** Refusals of invalid arguments, one form for all values. */
final class Invalid {
  private Invalid() {}

  static TidemarkException argument(String what, String problem) {
    return TidemarkException.of(ErrorCode.INVALID_ARGUMENT)
        .with(Detail.ARGUMENT, what)
        .with(Detail.PROBLEM, problem)
        .build();
  }

  static long inRange(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw argument(what, value + ", must be " + least + ".." + most);
    }
    return value;
  }
}
