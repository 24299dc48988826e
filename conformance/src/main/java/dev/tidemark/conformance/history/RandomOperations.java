package dev.tidemark.conformance.history;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes the operations of one random history, in the order in which they were written. */
final class RandomOperations {
  private static final int MOST_NODES = 40;

  private final Random random;
  private final int nodes;
  private final int replicas;
  private final int times;
  private final int count;
  private final int[] weights;
  private final long[] counters;
  private final List<Operation> made = new ArrayList<>();

  /** Chooses what kind of history it will be. */
  RandomOperations(Random random) {
    this.random = random;
    this.nodes = 3 + random.nextInt(random.nextInt(4) == 0 ? MOST_NODES - 2 : 6);
    this.replicas = 1 + random.nextInt(6);
    this.count = 3 + random.nextInt(2 * nodes + 8);
    // Few times make many operations collide; none at all leaves the order to the replicas.
    this.times = 1 + random.nextInt(count + 1);
    this.counters = new long[replicas];
    // Inserts and moves, deletes, writes and clears: how often each comes.
    this.weights = new int[] {6 + random.nextInt(10), random.nextInt(4), random.nextInt(4)};
  }

  List<Operation> make() {
    boolean isTidy = random.nextBoolean();
    if (isTidy) {
      // A tree that stands before the quarrel, so that moves of parents are moves of something.
      for (int node = 1; node <= nodes; node++) {
        int parent = random.nextInt(node);
        made.add(structural(1L + random.nextInt(times), node, parent));
      }
    }
    while (made.size() < count + (isTidy ? nodes : 0)) {
      made.add(operation(lamport(isTidy)));
    }
    return made.stream().map(this::withKnowledge).collect(Collectors.toList());
  }

  /** After a tidy start mostly later than it; else anywhere, whatever the replica wrote before. */
  private long lamport(boolean isTidy) {
    boolean isLater = isTidy && random.nextInt(8) > 0;
    return 1L + random.nextInt(times) + (isLater ? times : 0);
  }

  private Operation operation(long lamport) {
    int choice = random.nextInt(weights[0] + weights[1] + weights[2]);
    int node = 1 + random.nextInt(nodes);
    if (choice < weights[0]) {
      // One more parent than there are nodes: that one never comes.
      return structural(lamport, node, random.nextInt(4) == 0 ? 0 : random.nextInt(nodes + 2));
    } else if (choice < weights[0] + weights[1]) {
      return new Operation.Delete(nextId(), lamport, Names.node(node), KnownOperations.NONE);
    }
    NodeId written = random.nextInt(10) == 0 ? NodeId.ROOT : Names.node(node);
    return new Operation.SetPayload(
        nextId(), lamport, written, random.nextInt(4) == 0 ? null : payload());
  }

  private Operation structural(long lamport, int node, int parent) {
    NodeId below = parent == 0 || parent == node ? NodeId.ROOT : Names.node(parent);
    OrderKey orderKey =
        random.nextInt(3) == 0
            ? OrderKey.EMPTY
            : OrderKey.of(new byte[] {(byte) (0x70 + 8 * random.nextInt(5))});
    return random.nextBoolean()
        ? new Operation.Move(nextId(), lamport, Names.node(node), below, orderKey)
        : new Operation.Insert(
            nextId(),
            lamport,
            Names.node(node),
            below,
            orderKey,
            random.nextInt(3) == 0 ? payload() : null);
  }

  private OperationId nextId() {
    int replica = random.nextInt(replicas);
    return new OperationId(Names.replica((char) ('A' + replica)), ++counters[replica]);
  }

  /** Each another one: whether writing the same again is a change is another question. */
  private Payload payload() {
    return Payload.of("p" + made.size());
  }

  /** Nothing, everything that was before, part of that, or part of all there will ever be. */
  private Operation withKnowledge(Operation operation) {
    if (!(operation instanceof Operation.Delete delete)) {
      return operation;
    }
    List<Operation> before =
        made.stream().filter(other -> other.key().compareTo(delete.key()) < 0).toList();
    Collection<OperationId> known =
        switch (random.nextInt(6)) {
          case 0 -> List.of();
          case 1 -> part(before);
          case 2 -> part(made);
          case 3 -> ids(made);
          default -> ids(before);
        };
    return new Operation.Delete(
        delete.id(), delete.lamport(), delete.node(), KnownOperations.of(known));
  }

  private List<OperationId> part(List<Operation> operations) {
    int percent = 50 + random.nextInt(50);
    return ids(operations.stream().filter(o -> random.nextInt(100) < percent).toList());
  }

  private static List<OperationId> ids(List<Operation> operations) {
    return operations.stream().map(Operation::id).toList();
  }
}
