package dev.tidemark.api;

/**
 * Why a call failed. Codes are stable: they may be added, and never change their meaning. The
 * message of a code is fixed; what differs from case to case is in the exception's details.
 */
public enum ErrorCode {
  /** A value is outside its range. */
  INVALID_ARGUMENT("invalid argument", false),
  /** An operation that can never be valid, wherever it comes from. */
  INVALID_OPERATION("invalid operation", false),
  /** One operation id with two different contents (rule A10). */
  OPERATION_CONFLICT("an operation id was used for two different operations", false),
  /** A Lamport time jumps further ahead than the store allows (rule A11). */
  CLOCK_JUMP("a Lamport time is too far ahead", false),
  /** The replica's counter or the Lamport clock has reached its end. */
  CLOCK_EXHAUSTED("no counter or Lamport time is left", false),
  /** A node is not visible in the document, or not where the call needs it. */
  NODE_NOT_FOUND("no such visible node", false),
  /** A move would put a node into its own subtree. */
  CYCLE("a node cannot be moved into its own subtree", false),
  /** There is no room between two siblings for another order key. */
  NO_ORDER_KEY("no order key fits there", false),
  /** No operation with that id is in the log. */
  OPERATION_NOT_FOUND("no such operation", false),
  /** The URI of a store cannot be understood. */
  INVALID_STORE_URI("invalid store URI", false),
  /** No backend for the URI's scheme (rule S1). */
  BACKEND_NOT_FOUND("no backend for this scheme", false),
  /** Two backends for the URI's scheme (rule S2). */
  BACKEND_AMBIGUOUS("more than one backend for this scheme", false),
  /** The store does not exist. */
  STORE_NOT_FOUND("the store does not exist", false),
  /** There is something at the store's place, but it is no store. */
  NOT_A_STORE("this is not a Tidemark store", false),
  /** The store's schema is newer than this library (rule B7). */
  SCHEMA_TOO_NEW("the store was written by a newer version of Tidemark", false),
  /** The store's schema is older and could not or may not be upgraded here. */
  SCHEMA_TOO_OLD("the store's schema must be upgraded first", false),
  /** A write to a store that is opened for reading, or whose medium is read-only. */
  READ_ONLY("the store is read-only", false),
  /** The server does not accept who asks: a wrong user or password. */
  AUTHENTICATION_FAILED("the store does not accept the user or password", false),
  /** The right to do this is missing. */
  PERMISSION_DENIED("permission denied", false),
  /** No space left. */
  STORAGE_FULL("no space left on the store's medium", false),
  /** Stored rows contradict each other or cannot be read. */
  STORE_CORRUPT("the store is damaged", false),
  /** The medium or the server failed. */
  STORAGE_FAILED("the storage failed", false),
  /** Another writer holds the store for longer than the set time. */
  STORE_BUSY("the store is busy", true),
  /** The engine asks to try the transaction again. */
  TRANSACTION_CONFLICT("the transaction met another one", true),
  /** No connection to the server could be made: unknown host, refused, or not ready yet. */
  STORE_UNREACHABLE("the store cannot be reached", true),
  /** The connection broke before the commit was asked for. */
  CONNECTION_LOST("the connection to the store was lost", true),
  /** The connection broke after the commit was asked for: it may have happened or not. */
  COMMIT_UNKNOWN("it is not known whether the transaction was committed", true),
  /** Use after close. */
  CLOSED("already closed", false),
  /** A thread was interrupted while it waited. */
  INTERRUPTED("interrupted while waiting", false),
  /** What was asked for is declared unsupported by this backend (rule B10). */
  UNSUPPORTED("the backend does not support this", false),
  /** A chunk size outside the allowed range (rule C3). */
  CHUNK_SIZE_OUT_OF_RANGE("the chunk size is out of range", false),
  /** A token that was not made by this library, or was changed on the way (rule C12). */
  TOKEN_MALFORMED("the cursor token is damaged", false),
  /** A token of a format that this release does not know (rule C12). */
  TOKEN_UNSUPPORTED("the cursor token has an unknown format", false),
  /** A token that belongs to another document, filter, size or log (rule C12). */
  TOKEN_MISMATCH("the cursor token belongs to another request", false),
  /** Bytes that are no chunk, or were changed or cut on the way (rule A6). */
  CHUNK_MALFORMED("the chunk is damaged", false),
  /** A chunk of a format or codec that this release does not know (rule A6). */
  CHUNK_UNSUPPORTED("the chunk has an unknown format", false),
  /** A chunk of another document. */
  CHUNK_MISMATCH("the chunk belongs to another document", false),
  /** A chunk beyond the largest size (rule A6). */
  CHUNK_TOO_LARGE("the chunk is too large", false),
  /** A payload whose bytes do not have the announced digest. */
  PAYLOAD_DIGEST_MISMATCH("a payload does not have its digest", false),
  /** The bytes of a payload are not in the store. */
  PAYLOAD_MISSING("the bytes of a payload are missing", false),
  /** The application's own source of a payload could not be read. */
  PAYLOAD_SOURCE_FAILED("the content of a payload could not be read", false),
  /** A walk up or down the tree exceeded its step limit: a defect of rows or rules. */
  STEP_LIMIT("a walk through the tree did not end", false);

  private final String message;
  private final boolean retryable;

  ErrorCode(String message, boolean retryable) {
    this.message = message;
    this.retryable = retryable;
  }

  /**
   * Returns the fixed message.
   *
   * @return a phrase without details
   */
  public String message() {
    return message;
  }

  /**
   * Tells whether the same call can succeed when it is made again.
   *
   * @return whether a retry can help
   */
  public boolean isRetryable() {
    return retryable;
  }
}
