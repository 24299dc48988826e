package dev.tidemark.cli.trace;

import dev.tidemark.api.ReplicaId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what must hold between the lines: a line that was lost or moved shows here. */
final class TraceOrder {
  private final TraceHeader header;
  private final Map<ReplicaId, Long> counters = new HashMap<>();
  private long operations;
  private @Nullable TraceLine previous;

  TraceOrder(TraceHeader header) {
    this.header = header;
  }

  void accept(TraceLine line) {
    operations++;
    checkTransaction(line);
    if (header.format() == TraceFormat.TREE_TRACE_1) {
      checkAuthor(line);
    }
    Long announced = header.count();
    if (announced != null && operations > announced) {
      throw new TraceProblem("the header says " + announced + " operations, here is one more");
    }
    previous = line;
  }

  void end() {
    Long announced = header.count();
    if (announced != null && operations < announced) {
      throw new TraceProblem(
          "the trace ends after " + operations + " operations, the header says " + announced);
    }
  }

  private void checkTransaction(TraceLine line) {
    long number = line.transaction();
    long least = previous == null ? 0 : previous.transaction();
    long most = previous == null ? 0 : least + 1;
    if (number < least || number > most) {
      throw new TraceProblem(
          previous == null
              ? "field tx is " + number + ", the first is 0"
              : "field tx is " + number + " after " + least + ", must be " + least + " or " + most);
    }
  }

  private void checkAuthor(TraceLine line) {
    ReplicaId replica = line.operation().id().replica();
    long counter = line.operation().id().counter();
    long expected = counters.getOrDefault(replica, 0L) + 1;
    if (counter != expected) {
      throw new TraceProblem(
          "field c is " + counter + ", must be " + expected + ", the next of its replica");
    }
    if (previous != null
        && previous.transaction() == line.transaction()
        && !previous.operation().id().replica().equals(replica)) {
      throw new TraceProblem("transaction " + line.transaction() + " has two replicas");
    }
    counters.put(replica, counter);
  }
}
