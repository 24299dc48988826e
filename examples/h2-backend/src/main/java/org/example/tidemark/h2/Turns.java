package org.example.tidemark.h2;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.support.WriterTurns;
import java.nio.file.Path;

// tutorial: turns
/**
 * One writer per document at a time, of all openings of a file in this process; H2 keeps other
 * processes out. Its own row locks come too late: they are taken by the first write, and a writer
 * decides by what it has read before.
 */
final class Turns {
  private static final int BUSY_MILLIS = 30_000;

  private static final WriterTurns<Written> TURNS =
      new WriterTurns<>(
          BUSY_MILLIS,
          "try again",
          (written, code, problem, remedy) ->
              TidemarkException.of(code)
                  .with(Detail.STORE, written.path())
                  .with(Detail.DOCUMENT, written.document())
                  .with(Detail.PROBLEM, problem)
                  .with(Detail.REMEDY, remedy));

  private Turns() {}

  /** One document in one file. */
  private record Written(Path path, DocumentId document) {}

  static WriterTurns.Turn take(Database database, DocumentId document) {
    return TURNS.take(new Written(database.path(), document));
  }
}
// tutorial: end
