package dev.tidemark.cli.output;

import dev.tidemark.api.ErrorCode;

/** How a command ends; scripts depend on the numbers, so they never change. */
public enum ExitCode {
  /** Done, and all is well. */
  OK(0, "done"),
  /** The command ran, and what it compared is not the same. */
  DIFFERENT(1, "differences were found"),
  /** The command line itself is wrong. */
  USAGE(2, "the command line is wrong"),
  /** A trace, a chunk, a token or an operation cannot be taken. */
  BAD_INPUT(3, "a trace, a chunk or another input file cannot be taken"),
  /** A store cannot be opened, read or written, or has no document of that name. */
  STORE(4, "a store cannot be opened, read or written, or has no such document"),
  /** The same command can succeed when it is run again. */
  RETRYABLE(5, "busy or interrupted: run the same command again"),
  /** A defect of Tidemark. */
  INTERNAL(70, "a defect of Tidemark");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /**
   * Returns what the process ends with.
   *
   * @return the number
   */
  public int number() {
    return number;
  }

  /**
   * Returns what it means, for the help text.
   *
   * @return a phrase
   */
  public String meaning() {
    return meaning;
  }

  /** Sorts the library's errors; a new code does not compile until it has its place here. */
  static ExitCode of(ErrorCode code) {
    return switch (code) {
      case INVALID_ARGUMENT,
          INVALID_STORE_URI,
          BACKEND_NOT_FOUND,
          BACKEND_AMBIGUOUS,
          CHUNK_SIZE_OUT_OF_RANGE,
          NODE_NOT_FOUND,
          OPERATION_NOT_FOUND,
          CYCLE,
          NO_ORDER_KEY ->
          USAGE;
      case INVALID_OPERATION,
          OPERATION_CONFLICT,
          CLOCK_JUMP,
          CLOCK_EXHAUSTED,
          TOKEN_MALFORMED,
          TOKEN_UNSUPPORTED,
          TOKEN_MISMATCH,
          CHUNK_MALFORMED,
          CHUNK_UNSUPPORTED,
          CHUNK_MISMATCH,
          CHUNK_TOO_LARGE,
          PAYLOAD_DIGEST_MISMATCH,
          PAYLOAD_SOURCE_FAILED ->
          BAD_INPUT;
      case STORE_NOT_FOUND,
          NOT_A_STORE,
          SCHEMA_TOO_NEW,
          SCHEMA_TOO_OLD,
          READ_ONLY,
          AUTHENTICATION_FAILED,
          PERMISSION_DENIED,
          STORAGE_FULL,
          STORE_CORRUPT,
          STORAGE_FAILED,
          PAYLOAD_MISSING,
          STEP_LIMIT,
          UNSUPPORTED,
          CLOSED ->
          STORE;
      case STORE_BUSY,
          STORE_UNREACHABLE,
          TRANSACTION_CONFLICT,
          CONNECTION_LOST,
          COMMIT_UNKNOWN,
          INTERRUPTED ->
          RETRYABLE;
    };
  }
}
