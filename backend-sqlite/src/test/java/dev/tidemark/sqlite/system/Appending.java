package dev.tidemark.sqlite.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.Document;
import dev.tidemark.core.LocalReplica;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A thread that appends to a document until it is closed. */
final class Appending implements AutoCloseable {
  private final Semaphore appended = new Semaphore(0);
  private final Thread thread;
  private volatile boolean isClosed;

  Appending(Document document) {
    LocalReplica replica = document.replica(ReplicaId.random());
    thread = new Thread(() -> append(replica), "appending");
    thread.start();
  }

  private void append(LocalReplica replica) {
    while (!isClosed) {
      replica.insert(NodeId.ROOT, Placement.last(), Payload.of("more"));
      appended.release();
    }
  }

  /** Waits until something is appended that was not waited for before. */
  void awaitOneMore() throws InterruptedException {
    assertThat(appended.tryAcquire(1, TimeUnit.MINUTES)).as("an append in a minute").isTrue();
    appended.drainPermits();
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
