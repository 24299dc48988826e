package org.example.tidemark.h2;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.sql.SQLException;

/** What the SQLSTATEs of H2 mean here (org.h2.api.ErrorCode). */
final class Failures {
  private Failures() {}

  static TidemarkException translate(Database database, SQLException failure) {
    return translate(database, code(failure), failure);
  }

  static TidemarkException translate(Database database, ErrorCode code, SQLException failure) {
    return database
        .failure(code)
        .with(Detail.PROBLEM, String.valueOf(failure.getMessage()))
        .with(Detail.SQLSTATE, String.valueOf(failure.getSQLState()))
        .with(Detail.VENDOR_CODE, failure.getErrorCode())
        .causedBy(failure)
        .build();
  }

  // tutorial: failures
  private static ErrorCode code(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return switch (state) {
      // A lock that does not become free, or a file that another process has open.
      case "HYT00", "90020" -> ErrorCode.STORE_BUSY;
      case "40001", "90131" -> ErrorCode.TRANSACTION_CONFLICT;
      // The file was closed under this connection; another one opens it again.
      case "90007", "90067", "90098", "90121" -> ErrorCode.CONNECTION_LOST;
      case "57014" -> ErrorCode.INTERRUPTED;
      case "28000" -> ErrorCode.AUTHENTICATION_FAILED;
      case "90096", "90040" -> ErrorCode.PERMISSION_DENIED;
      case "90097" -> ErrorCode.READ_ONLY;
      case "90100" -> ErrorCode.STORAGE_FULL;
      case "90013", "90146" -> ErrorCode.STORE_NOT_FOUND;
      case "90048" -> ErrorCode.NOT_A_STORE;
      case "90030" -> ErrorCode.STORE_CORRUPT;
      // 23...: a constraint. The engine keeps them all, so the rows were changed by somebody else.
      default -> state.startsWith("23") ? ErrorCode.STORE_CORRUPT : ErrorCode.STORAGE_FAILED;
    };
  }

  // tutorial: end
}
