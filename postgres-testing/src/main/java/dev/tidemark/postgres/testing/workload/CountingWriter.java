package dev.tidemark.postgres.testing.workload;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.Document;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Appends operations of one author to one document, a few at a time, and remembers which were
 * acknowledged and under which version. What fails in a way that may pass is tried again with the
 * same operations, as an application would. For one thread.
 */
public final class CountingWriter {
  /** Operations per append. */
  public static final int OPERATIONS = 3;

  private final Document document;
  private final ReplicaId author;
  private final int number;
  private final int payloadBytes;
  private final Random random;
  private final Map<OperationId, Long> acknowledged = new LinkedHashMap<>();
  private final Map<ErrorCode, Integer> failures = new EnumMap<>(ErrorCode.class);
  private long counter;
  private int appends;

  /**
   * Makes a writer that has written nothing.
   *
   * @param document where to write
   * @param number its number, from 0, other than that of all other writers of the document
   * @param payloadBytes how large one payload is
   */
  public CountingWriter(Document document, int number, int payloadBytes) {
    this.document = document;
    this.number = number;
    this.payloadBytes = payloadBytes;
    this.author = ReplicaId.of(new byte[] {(byte) 0xA0, (byte) number});
    this.random = new Random(number);
  }

  /**
   * Appends once.
   *
   * @param attempts how often to try at most
   * @throws TidemarkException what the last attempt failed with
   * @throws IllegalStateException if an acknowledgement tells something else than was done
   */
  public void append(int attempts) {
    List<Operation> operations = next();
    boolean mayBeThere = false;
    for (int attempt = 1; ; attempt++) {
      try {
        AppendResult result = document.append(operations);
        acknowledge(operations, result, mayBeThere);
        return;
      } catch (TidemarkException e) {
        failures.merge(e.code(), 1, Integer::sum);
        if (!e.isRetryable() || attempt == attempts) {
          throw e;
        }
        mayBeThere |= e.code() == ErrorCode.COMMIT_UNKNOWN;
      }
    }
  }

  private void acknowledge(List<Operation> operations, AppendResult result, boolean mayBeThere) {
    boolean isNew = result.appended() == OPERATIONS && result.known() == 0;
    boolean wasThere = result.appended() == 0 && result.known() == OPERATIONS && mayBeThere;
    if (!isNew && !wasThere) {
      throw new IllegalStateException("not what was appended: " + result);
    }
    for (Operation operation : operations) {
      acknowledged.put(operation.id(), isNew ? result.version() : 0);
    }
    appends++;
  }

  private List<Operation> next() {
    List<Operation> operations = new ArrayList<>();
    NodeId node = new NodeId(number + 1L, counter + 1);
    operations.add(insert(node, NodeId.ROOT));
    operations.add(insert(new NodeId(number + 1L, counter + 1), node));
    // Its own counter is the time, so that who is slower writes in the past of the others.
    operations.add(new Operation.SetPayload(id(), counter, node, content()));
    return operations;
  }

  private Operation insert(NodeId node, NodeId parent) {
    OrderKey key = OrderKey.of(ByteBuffer.allocate(4).putInt(random.nextInt()).array());
    return new Operation.Insert(id(), counter, node, parent, key, content());
  }

  private OperationId id() {
    return new OperationId(author, ++counter);
  }

  private Payload content() {
    byte[] bytes = new byte[payloadBytes];
    random.nextBytes(bytes);
    return Payload.of(bytes);
  }

  /**
   * Returns how many appends were acknowledged.
   *
   * @return the number
   */
  public int appends() {
    return appends;
  }

  /**
   * Returns what was acknowledged.
   *
   * @return operation to version; 0 for a version that was not told
   */
  public Map<OperationId, Long> acknowledged() {
    return acknowledged;
  }

  /**
   * Returns how often calls failed.
   *
   * @return code to number
   */
  public Map<ErrorCode, Integer> failures() {
    return failures;
  }
}
