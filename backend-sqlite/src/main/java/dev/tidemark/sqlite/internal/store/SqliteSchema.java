package dev.tidemark.sqlite.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.spi.StoreSchema;
import java.util.List;

/**
 * The schema of a file. Who opens a file to create it makes the same step.
 *
 * @param sessions where the file is
 */
public record SqliteSchema(Sessions sessions) implements StoreSchema {
  @Override
  public int version() {
    return Schema.VERSION;
  }

  @Override
  public List<String> statements(int from) {
    return switch (from) {
      case 0 -> Schema.statements();
      case Schema.VERSION -> List.of();
      default ->
          throw sessions
              .file()
              .failure(
                  ErrorCode.INVALID_ARGUMENT,
                  "no release wrote schema version " + from,
                  "ask from 0 to " + Schema.VERSION)
              .with(Detail.EXPECTED, Schema.VERSION)
              .with(Detail.ACTUAL, from)
              .build();
    };
  }

  @Override
  public int storedVersion() {
    return OpenedStore.storedVersion(sessions);
  }

  @Override
  public int migrate() {
    return OpenedStore.migrate(sessions);
  }
}
