package dev.tidemark.postgres.testing.workload;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.core.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a log holds, once it was found to have no gap and no operation twice.
 *
 * @param positions where each operation stands, in the order of the log
 */
public record LogAudit(Map<OperationId, Position> positions) {
  /**
   * Reads a whole log.
   *
   * @param document the document
   * @return what was found
   * @throws IllegalStateException naming the first gap, or the operation that stands twice
   */
  public static LogAudit of(Document document) {
    List<LoggedOperation> log = new ArrayList<>();
    document.readLog(Position.START, Long.MAX_VALUE, log::add);
    LogAudit audit = of(log);
    if (audit.versions() != document.status().version()) {
      throw new IllegalStateException(
          audit.versions() + " versions, and the document tells " + document.status().version());
    }
    return audit;
  }

  /**
   * Looks a log over.
   *
   * @param log all of its operations, in its order
   * @return what was found
   * @throws IllegalStateException naming the first gap, or the operation that stands twice
   */
  public static LogAudit of(Collection<LoggedOperation> log) {
    Map<OperationId, Position> positions = new LinkedHashMap<>();
    Position last = new Position(0, 0);
    for (LoggedOperation each : log) {
      Position position = each.position();
      boolean sameVersion =
          position.version() == last.version() && position.sequence() == last.sequence() + 1;
      boolean nextVersion = position.version() == last.version() + 1 && position.sequence() == 0;
      if (!sameVersion && !nextVersion) {
        throw new IllegalStateException("a gap: " + position + " comes after " + last);
      }
      if (positions.put(each.operation().id(), position) != null) {
        throw new IllegalStateException("twice: " + each);
      }
      last = position;
    }
    return new LogAudit(positions);
  }

  /**
   * Returns the last version.
   *
   * @return the version; 0 if there is none
   */
  public long versions() {
    return positions.values().stream().mapToLong(Position::version).max().orElse(0);
  }

  /**
   * Compares with what writers remember: every operation that was acknowledged is there, under the
   * version that was told, and nothing else is.
   *
   * @param writers all writers of the document; each has been told the fate of all it wrote
   * @throws IllegalStateException naming the first operation that is lost, elsewhere or foreign
   */
  public void requireExactly(Collection<CountingWriter> writers) {
    Map<OperationId, Position> left = new LinkedHashMap<>(positions);
    for (CountingWriter writer : writers) {
      writer
          .acknowledged()
          .forEach(
              (operation, version) -> {
                Position position = left.remove(operation);
                if (position == null) {
                  throw new IllegalStateException("acknowledged and lost: " + operation);
                }
                if (version != 0 && version != position.version()) {
                  throw new IllegalStateException(
                      operation + " was acknowledged as version " + version + ", is " + position);
                }
              });
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException("never acknowledged, and there: " + left);
    }
  }
}
