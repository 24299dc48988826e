package dev.tidemark.cli.output;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;

/** What to do about an error, where the error itself does not say. */
final class Remedies {
  private Remedies() {}

  static String of(TidemarkException error) {
    return error.detail(Detail.REMEDY).map(String::valueOf).orElseGet(() -> usual(error.code()));
  }

  private static String usual(ErrorCode code) {
    return switch (code) {
      case STORE_NOT_FOUND ->
          "Check the path; import, replicate and demo create stores, other commands read them";
      case NOT_A_STORE -> "Check the path; the file was not changed";
      case BACKEND_NOT_FOUND, INVALID_STORE_URI -> "Write the store as sqlite:FILE";
      case SCHEMA_TOO_NEW -> "Use the version of Tidemark that wrote it, or a newer one";
      case SCHEMA_TOO_OLD -> "Open it once for writing, which upgrades it";
      case READ_ONLY -> "Make the file and its directory writable, or use a copy of it";
      case PERMISSION_DENIED -> "Ask for the right, or use another place";
      case STORAGE_FULL -> "Free some space and run the same command again";
      case STORE_CORRUPT, PAYLOAD_MISSING, STEP_LIMIT ->
          "Run tidemark verify on it, and fetch it again from another store";
      case STORE_BUSY -> "Another process writes to it; run the same command again later";
      case TRANSACTION_CONFLICT, CONNECTION_LOST, COMMIT_UNKNOWN, INTERRUPTED ->
          "Run the same command again; what is there already is not written twice";
      case OPERATION_CONFLICT -> "Two writers used one replica id; give one of them a new one";
      case CHUNK_MALFORMED, CHUNK_TOO_LARGE, PAYLOAD_DIGEST_MISMATCH -> "Fetch the chunk again";
      case CHUNK_UNSUPPORTED, TOKEN_UNSUPPORTED -> "Use a newer version of Tidemark";
      default -> "";
    };
  }
}
