package dev.tidemark.cli.job;

import dev.tidemark.api.CatchUpPolicy;
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
public final class TraceImport extends AppendTally {
  /** A batch ends early at so many payload bytes, so that memory does not depend on its length. */
  private static final long MOST_BATCH_BYTES = 16L * 1024 * 1024;

  private final TraceReader trace;
  private final Document document;
  private final int batch;
  private final CatchUpPolicy policy;

  private long transactions;

  /**
   * Prepares an import.
   *
   * @param trace the trace
   * @param document where to
   * @param batch how many transactions make one append, from 1
   * @param policy when the tree is brought up to date
   */
  public TraceImport(TraceReader trace, Document document, int batch, CatchUpPolicy policy) {
    this.trace = trace;
    this.document = document;
    this.batch = batch;
    this.policy = policy;
  }

  /**
   * Appends the whole trace.
   *
   * @param progress told of the operations that were dealt with
   */
  public void run(Progress progress) {
    timed(
        () -> {
          while (trace.hasNext()) {
            count(document.append(nextBatch(), policy));
            progress.stepTo(operations());
          }
        });
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
}
