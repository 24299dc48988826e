package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.history.Batch;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.RandomHistories;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.running.Threads;
import dev.tidemark.conformance.model.ReferenceTree;
import dev.tidemark.conformance.model.TreeDifference;
import dev.tidemark.core.Document;
import dev.tidemark.core.FollowOptions;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeFollower;
import dev.tidemark.core.TreeSnapshot;
import dev.tidemark.core.TreeUpdate;
import dev.tidemark.core.TreeUpdate.Cause;
import dev.tidemark.core.TreeUpdate.Changed;
import dev.tidemark.core.TreeUpdate.Resync;
import dev.tidemark.core.TreeUpdate.Unchanged;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A follower tells what others did to the visible tree, exactly, and never passes over anything in
 * silence (rule R10). The writer has another store opened on the same place.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
public abstract class FollowContract extends EngineContract {
  private static final Duration LONG = Duration.ofMinutes(5);

  /** For subclasses. */
  protected FollowContract() {}

  @Test
  @Rule("R10")
  void theUpdatesOfEveryHistoryAreTheDifferencesOfItsTrees() {
    RandomCases cases = RandomCases.oneOf(20);
    long seed = Long.getLong("tidemark.random.seed", new Random().nextLong());
    SplittableRandom seeds = new SplittableRandom(seed);
    Occurrences occurrences = new Occurrences();
    // Small steps, so that a tree is seen midway.
    try (DisturbedStore store = new DisturbedStore(backend(), 2);
        Tidemark other = store.openAgain()) {
      for (long i = 0; cases.next(); i++) {
        long one = seeds.nextLong();
        try {
          HistoryRun run = new HistoryRun(store.of("case " + i), occurrences);
          follow(other.document("case " + i), run, RandomHistories.of(one), new Random(one));
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("case " + i + ", tidemark.random.seed=" + seed, e);
        }
      }
    }
  }

  private static void follow(Document document, HistoryRun run, History history, Random random) {
    try (TreeFollower follower = document.follow()) {
      ReferenceTree before = run.tree();
      for (Batch batch : history.batches()) {
        run.run(new History(List.of(batch)));
        if (random.nextInt(3) == 0) {
          compare(follower, before, run.tree(), document);
          before = run.tree();
        }
      }
      compare(follower, before, run.tree(), document);
      assertThat(follower.poll()).isInstanceOf(Unchanged.class);
    }
  }

  private static void compare(
      TreeFollower follower, ReferenceTree before, ReferenceTree now, Document document) {
    TreeUpdate update = follower.poll();
    assertThat(update).isNotInstanceOf(Resync.class);
    assertThat(update.version()).isEqualTo(document.status().version());
    ChangeComparison.assertSame(
        update instanceof Changed changed ? changed.changes().changes() : List.of(),
        TreeDifference.between(before, now));
    new TreeComparison(follower.tree(), now).assertSameListing();
  }

  @Test
  @Rule("R10")
  void updatesFollowEachOtherWithoutGaps() {
    Document document = newDocument();
    LocalReplica writer = document.replica(ReplicaId.random());
    try (Tidemark other = openAgain();
        TreeFollower follower = other.document(document.id()).follow()) {
      NodeId node = writer.insert(NodeId.ROOT, Placement.last());
      writer.setPayload(node, Payload.of("one"));

      Changed first = (Changed) follower.poll();
      assertThat(first.after()).isZero();
      assertThat(first.version()).isEqualTo(2);
      assertThat(first.changes().changes()).hasSize(1);
      assertThat(follower.tree().node(node).orElseThrow().payload()).contains(Payload.of("one"));

      // Nothing of it is visible, so it is told with what comes next.
      writer.insert(node, Placement.last());
      writer.delete(node);
      writer.delete(writer.insert(NodeId.ROOT, Placement.last()));
      Changed second = (Changed) follower.poll();
      assertThat(second.after()).isEqualTo(2);
      assertThat(second.version()).isEqualTo(6);
      assertThat(second.changes().changes()).hasSize(1);
      assertThat(follower.poll()).isEqualTo(new Unchanged(6, 6));
    }
  }

  @Test
  @Rule({"R7", "R10"})
  void deferredOperationsAppearWhenSomebodyBringsTheTreeUpToDate() {
    Document document = newDocument();
    History history = RandomHistories.of(1);
    try (Tidemark other = openAgain();
        TreeFollower follower = other.document(document.id()).follow()) {
      document.append(history.operations(), CatchUpPolicy.deferred());
      assertThat(follower.poll()).isEqualTo(new Unchanged(0, 1));
      assertThat(follower.tree().frontier()).isPresent();

      document.ensureMaterialized();
      assertThat(follower.poll()).isInstanceOf(Changed.class);
      assertThat(follower.tree().frontier()).isEmpty();
    }
  }

  @Test
  @Rule("R10")
  void waitingEndsWithTheNextCommit() throws Exception {
    Document document = newDocument();
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    try (Tidemark other = openAgain();
        TreeFollower follower = other.document(document.id()).follow()) {
      Future<TreeUpdate> waiting = Threads.startWaiting(() -> follower.await(longest));
      document.replica(ReplicaId.random()).insert(NodeId.ROOT, Placement.last());
      assertThat(Threads.get(waiting)).isInstanceOf(Changed.class);
    }
  }

  @Test
  @Rule("R10")
  void waitingEndsWhenTheTimeIsOver() {
    Document document = newDocument();
    try (TreeFollower follower = document.follow()) {
      assertThat(follower.await(Duration.ofMillis(1))).isEqualTo(new Unchanged(0, 0));
      assertThat(follower.await(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(new Unchanged(0, 0));
    }
  }

  @Test
  @Rule("R10")
  void waitingEndsWhenTheFollowerIsClosed() {
    TreeFollower follower = newDocument().follow();
    Future<TreeUpdate> waiting = Threads.startWaiting(() -> follower.await(LONG));
    follower.close();
    assertFails(ErrorCode.CLOSED, () -> Threads.get(waiting));
    follower.close();
    assertFails(ErrorCode.CLOSED, follower::tree);
  }

  @Test
  @Rule("R10")
  void waitingEndsWhenTheThreadIsInterrupted() {
    try (TreeFollower follower = newDocument().follow()) {
      Thread.currentThread().interrupt();
      assertFails(ErrorCode.INTERRUPTED, () -> follower.await(LONG));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(follower.poll()).isEqualTo(new Unchanged(0, 0));
    }
  }

  @Test
  @Rule("R10")
  void aClosedStoreIsNotFollowed() {
    Document document = newDocument();
    Tidemark other = openAgain();
    try (TreeFollower follower = other.document(document.id()).follow()) {
      other.close();
      assertFails(ErrorCode.CLOSED, follower::poll);
    }
  }

  @Test
  @Rule("R10")
  void theTreeOutlivesItsUseAndEndsWithTheNextLook() {
    Document document = newDocument();
    NodeId node = document.replica(ReplicaId.random()).insert(NodeId.ROOT, Placement.last());
    try (TreeFollower follower = document.follow()) {
      var tree = follower.tree();
      tree.close();
      assertThat(tree.node(node)).isPresent();
      follower.poll();
      assertFails(ErrorCode.CLOSED, () -> tree.node(node));
      assertThat(follower.tree().node(node)).isPresent();
    }
  }

  /** What is closed in the midst of a call goes to the next reader, with the call still on it. */
  @Test
  @Rule({"R10", "B9"})
  void closingWaitsForTheReadThatGoesOn() throws InterruptedException {
    FragileProvider fragile = new FragileProvider(backend().provider());
    Document document = newDocument();
    NodeId node = document.replica(ReplicaId.random()).insert(NodeId.ROOT, Placement.last());
    try (Tidemark other = openWith(fragile);
        TreeFollower follower = other.document(document.id()).follow()) {
      TreeSnapshot tree = follower.tree();
      Thread closing = new Thread(follower::close, "closing");
      fragile.duringNextRead(() -> startUntilItWaitsOrEnds(closing));
      assertThat(tree.operationsFor(NodeId.ROOT, Position.START, 9).operations()).hasSize(1);

      closing.join();
      assertFails(ErrorCode.CLOSED, () -> tree.node(node));
    }
  }

  private static void startUntilItWaitsOrEnds(Thread thread) {
    thread.start();
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  @Test
  @Rule("R10")
  void tooMuchToCompareIsSaid() {
    Document document = newDocument();
    LocalReplica writer = document.replica(ReplicaId.random());
    try (TreeFollower follower = document.follow(FollowOptions.DEFAULT.withMostOperations(2))) {
      for (int i = 0; i < 3; i++) {
        writer.insert(NodeId.ROOT, Placement.last());
      }
      assertThat(follower.poll()).isEqualTo(new Resync(0, 3, Cause.TOO_MANY_OPERATIONS));
      assertThat(follower.tree().hash().visibleNodes()).isEqualTo(3);
      writer.insert(NodeId.ROOT, Placement.last());
      writer.insert(NodeId.ROOT, Placement.last());
      assertThat(follower.poll()).isInstanceOf(Changed.class);
    }
  }

  @Test
  @Rule("R10")
  void aLostSnapshotIsSaidOnlyWhereSomethingIsMissed() {
    FragileProvider fragile = new FragileProvider(backend().provider());
    Document document = newDocument();
    LocalReplica writer = document.replica(ReplicaId.random());
    writer.insert(NodeId.ROOT, Placement.last());
    for (ErrorCode code : List.of(ErrorCode.CONNECTION_LOST, ErrorCode.STORAGE_FAILED)) {
      try (Tidemark other = openWith(fragile);
          TreeFollower follower = other.document(document.id()).follow()) {
        fragile.breakTransactions(code);
        long version = document.status().version();
        assertThat(follower.poll()).isEqualTo(new Unchanged(version, version));

        fragile.breakTransactions(code);
        writer.insert(NodeId.ROOT, Placement.last());
        assertThat(follower.poll())
            .isEqualTo(new Resync(version, version + 1, Cause.SNAPSHOT_LOST));

        writer.insert(NodeId.ROOT, Placement.last());
        assertThat(follower.poll()).isInstanceOf(Changed.class);
      }
    }
  }

  /** Followers that hold all connections of a pool and wait for one more would wait for ever. */
  @Test
  @Rule("R10")
  void aLookThatGetsNoConnectionGivesItsOwnToOthers() {
    FragileProvider fragile = new FragileProvider(backend().provider());
    Document document = newDocument();
    LocalReplica writer = document.replica(ReplicaId.random());
    try (Tidemark other = openWith(fragile);
        TreeFollower follower = other.document(document.id()).follow()) {
      assertThat(fragile.open()).isEqualTo(1);
      fragile.exhaust(true);
      assertFails(ErrorCode.STORE_BUSY, follower::poll);
      assertThat(fragile.open()).isZero();
      assertFails(ErrorCode.STORE_BUSY, follower::tree);
      fragile.exhaust(false);
      assertThat(follower.poll()).isEqualTo(new Unchanged(0, 0));

      fragile.exhaust(true);
      assertFails(ErrorCode.STORE_BUSY, follower::poll);
      fragile.exhaust(false);
      NodeId node = writer.insert(NodeId.ROOT, Placement.last());
      assertThat(follower.poll()).isEqualTo(new Resync(0, 1, Cause.SNAPSHOT_LOST));
      assertThat(follower.tree().node(node)).isPresent();

      writer.insert(NodeId.ROOT, Placement.last());
      assertThat(follower.poll()).isInstanceOf(Changed.class);
    }
  }

  @Test
  @Rule("R10")
  void damageIsSaid() {
    FragileProvider fragile = new FragileProvider(backend().provider());
    Document document = newDocument();
    try (Tidemark other = openWith(fragile);
        TreeFollower follower = other.document(document.id()).follow()) {
      fragile.breakTransactions(ErrorCode.STORE_CORRUPT);
      document.replica(ReplicaId.random()).insert(NodeId.ROOT, Placement.last());
      assertThat(follower.poll()).isEqualTo(new Resync(0, 1, Cause.DAMAGED));
    }
  }

  @Test
  @Rule("R10")
  void anotherLogIsSaid() {
    FragileProvider fragile = new FragileProvider(backend().provider());
    Document document = newDocument();
    NodeId node = document.replica(ReplicaId.random()).insert(NodeId.ROOT, Placement.last());
    String uri = backend().newStore();
    try (Backend replacement = backend().open(uri, OpenMode.CREATE);
        Tidemark replacing = Tidemark.builder(uri).backend(backend().provider()).open();
        Tidemark other = openWith(fragile);
        TreeFollower follower = other.document(document.id()).follow()) {
      LocalReplica writer = replacing.document(document.id()).replica(ReplicaId.random());
      writer.insert(NodeId.ROOT, Placement.last());
      writer.insert(NodeId.ROOT, Placement.last());
      fragile.replaceBy(replacement);

      assertThat(follower.poll()).isEqualTo(new Resync(1, 2, Cause.OTHER_LOG));
      assertThat(follower.tree().node(node)).isEmpty();
    } finally {
      backend().drop(uri);
    }
  }

  @Test
  @Rule("R10")
  void settingsAreChecked() {
    assertFails(
        ErrorCode.INVALID_ARGUMENT, () -> FollowOptions.DEFAULT.withInterval(Duration.ZERO));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> FollowOptions.DEFAULT.withInterval(Duration.ofDays(1).plusNanos(1)));
    assertThat(FollowOptions.DEFAULT.withInterval(Duration.ofDays(1)).interval())
        .isEqualTo(Duration.ofDays(1));
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> FollowOptions.DEFAULT.withMostOperations(0));
  }

  private static void assertFails(ErrorCode code, Callable<?> call) {
    assertThatExceptionOfType(TidemarkException.class)
        .isThrownBy(call::call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}
