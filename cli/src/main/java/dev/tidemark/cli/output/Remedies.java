package dev.tidemark.cli.output;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.util.Collection;
import java.util.stream.Collectors;

/** What to do about an error, where the error itself does not say. */
public final class Remedies {
  private Remedies() {}

  /**
   * Says what to do about an error of the library, at a command line.
   *
   * @param error the error
   * @return a sentence without its full stop; empty where there is no advice
   */
  public static String of(TidemarkException error) {
    if (error.code() == ErrorCode.BACKEND_NOT_FOUND) {
      return schemes(error); // What the library advises is for those who choose JARs.
    }
    if (error.code() == ErrorCode.INVALID_ARGUMENT && error.detail(Detail.REMEDY).isEmpty()) {
      return argument(String.valueOf(error.detail(Detail.ARGUMENT).orElse("")));
    }
    return error.detail(Detail.REMEDY).map(String::valueOf).orElseGet(() -> usual(error.code()));
  }

  private static String schemes(TidemarkException error) {
    String found =
        error.detail(Detail.FOUND).map(Remedies::joined).filter(s -> !s.isEmpty()).orElse("none");
    return "Write the store as sqlite:FILE; schemes that work here: " + found;
  }

  private static String joined(Object found) {
    return found instanceof Collection<?> all
        ? all.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : String.valueOf(found);
  }

  private static String argument(String name) {
    return switch (name) {
      case "node" -> "Write 32 hexadecimal digits, as tidemark tree --ids prints them";
      case "replica" -> "Write hexadecimal digits, as tidemark log prints them after the @";
      case "document" ->
          "Name a document, without control characters; tidemark stats lists those of a store";
      case "peer" -> "Give --peer a short name without control characters";
      default -> "";
    };
  }

  private static String usual(ErrorCode code) {
    return switch (code) {
      case STORE_NOT_FOUND ->
          "Check the path; import, replicate and demo create stores, other commands read them";
      case NOT_A_STORE -> "Check the path; the file was not changed";
      case INVALID_STORE_URI -> "Write the store as sqlite:FILE";
      case CHUNK_SIZE_OUT_OF_RANGE -> "Give --chunk-size 256KiB to 32MiB, or leave it out";
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
