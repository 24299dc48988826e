package dev.tidemark.cli.job;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.cli.trace.TraceReader;
import dev.tidemark.cli.trace.TraceTransaction;
import dev.tidemark.core.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends a trace to a document, in its order, one transaction or one batch of them at a time. What
 * was counted stays readable when it fails, because what was appended stays in the store.
 */
public final class TraceImport {
  /** A batch ends early at so many payload bytes, so that memory does not depend on its length. */
  private static final long MOST_BATCH_BYTES = 16L * 1024 * 1024;

  private final TraceReader trace;
  private final Document document;
  private final int batch;

  private long transactions;
  private long appended;
  private long known;
  private long late;
  private long nanos;

  /**
   * Prepares an import.
   *
   * @param trace the trace
   * @param document where to
   * @param batch how many transactions make one append, from 1
   */
  public TraceImport(TraceReader trace, Document document, int batch) {
    this.trace = trace;
    this.document = document;
    this.batch = batch;
  }

  /**
   * Appends the whole trace.
   *
   * @param progress told of the operations that were dealt with
   */
  public void run(Progress progress) {
    long start = System.nanoTime();
    try {
      while (trace.hasNext()) {
        AppendResult result = document.append(nextBatch());
        appended += result.appended();
        known += result.known();
        late += result.late();
        progress.stepTo(operations());
      }
    } finally {
      nanos = System.nanoTime() - start;
    }
  }

  private List<Operation> nextBatch() {
    List<Operation> operations = new ArrayList<>();
    long payloadBytes = 0;
    for (int joined = 0; joined < batch && trace.hasNext(); joined++) {
      TraceTransaction transaction = trace.next();
      transactions++;
      operations.addAll(transaction.operations());
      payloadBytes += payloadBytes(transaction);
      if (payloadBytes >= MOST_BATCH_BYTES) {
        break;
      }
    }
    return operations;
  }

  private static long payloadBytes(TraceTransaction transaction) {
    long bytes = 0;
    for (Operation operation : transaction.operations()) {
      if (operation instanceof Operation.PayloadCarrying write) {
        Payload payload = write.payload();
        bytes += payload == null ? 0 : payload.size();
      }
    }
    return bytes;
  }

  /**
   * Returns how many transactions were read.
   *
   * @return the number
   */
  public long transactions() {
    return transactions;
  }

  /**
   * Returns how many operations are in the store now, new or not.
   *
   * @return the number
   */
  public long operations() {
    return appended + known;
  }

  /**
   * Returns how many operations were new to the store.
   *
   * @return the number
   */
  public long appended() {
    return appended;
  }

  /**
   * Returns how many operations were in the store before.
   *
   * @return the number
   */
  public long known() {
    return known;
  }

  /**
   * Returns how many of the new operations came late.
   *
   * @return the number
   */
  public long late() {
    return late;
  }

  /**
   * Returns how long it took.
   *
   * @return nanoseconds
   */
  public long nanos() {
    return nanos;
  }
}
