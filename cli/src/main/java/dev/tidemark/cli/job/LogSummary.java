package dev.tidemark.cli.job;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.Document;
import dev.tidemark.core.DocumentStatus;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what is in a log; reads it once, page by page, without payload bytes. */
public final class LogSummary {
  private final Set<ReplicaId> replicas = new HashSet<>();
  private @Nullable CanonicalKey head;
  private long operations;
  private long versions;
  private long inserts;
  private long moves;
  private long payloads;
  private long deletes;
  private long late;
  private long payloadBytes;

  private LogSummary() {}

  /**
   * Reads the log of a document up to its last version.
   *
   * @param document the document
   * @return its counts
   */
  public static LogSummary of(Document document) {
    LogSummary summary = new LogSummary();
    DocumentStatus status = document.status();
    summary.versions = status.version();
    document.readLog(
        Position.START,
        status.version(),
        logged -> {
          summary.add(logged);
          return true;
        });
    return summary;
  }

  private void add(LoggedOperation logged) {
    Operation operation = logged.operation();
    operations++;
    replicas.add(operation.id().replica());
    CanonicalKey largest = head;
    if (largest == null || operation.key().compareTo(largest) > 0) {
      head = operation.key();
    } else {
      late++;
    }
    if (operation instanceof Operation.Insert) {
      inserts++;
    } else if (operation instanceof Operation.Move) {
      moves++;
    } else if (operation instanceof Operation.SetPayload) {
      payloads++;
    } else {
      deletes++;
    }
    if (operation instanceof Operation.PayloadCarrying write) {
      Payload payload = write.payload();
      payloadBytes += payload == null ? 0 : payload.size();
    }
  }

  /**
   * Returns the number of operations.
   *
   * @return the number
   */
  public long operations() {
    return operations;
  }

  /**
   * Returns the number of versions.
   *
   * @return the last version
   */
  public long versions() {
    return versions;
  }

  /**
   * Returns the number of authors.
   *
   * @return the number
   */
  public long replicas() {
    return replicas.size();
  }

  /**
   * Returns the number of inserts.
   *
   * @return the number
   */
  public long inserts() {
    return inserts;
  }

  /**
   * Returns the number of moves.
   *
   * @return the number
   */
  public long moves() {
    return moves;
  }

  /**
   * Returns the number of payload writes that are no inserts.
   *
   * @return the number
   */
  public long payloads() {
    return payloads;
  }

  /**
   * Returns the number of deletes.
   *
   * @return the number
   */
  public long deletes() {
    return deletes;
  }

  /**
   * Returns how many operations came late to this store.
   *
   * @return the number of operations below the largest before them
   */
  public long late() {
    return late;
  }

  /**
   * Returns the sizes of all payloads ever written.
   *
   * @return their sum, in bytes
   */
  public long payloadBytes() {
    return payloadBytes;
  }
}
