package dev.tidemark.sqlite.system;

import static dev.tidemark.sqlite.system.EditingChild.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Change;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TreeNode;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeFollower;
import dev.tidemark.core.TreeUpdate;
import dev.tidemark.spi.OpenMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What two processes do to a tree, told to a third one, adds up to the tree (rule R10). */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class FollowingTest {
  private static final int EDITS = 400;

  @TempDir Path directory;
  private final Map<NodeId, Place> view = new HashMap<>();
  private int updates;

  private record Place(NodeId parent, OrderKey orderKey, Optional<Payload> payload) {}

  @Test
  @Rule("R10")
  void updatesAddUpToTheTree() throws Exception {
    String uri = "sqlite:" + directory.resolve("store.db") + "?synchronous=off";
    Tidemark.open(uri).close();
    int seed = 0;
    for (OpenMode mode : List.of(OpenMode.WRITE, OpenMode.READ)) {
      // Keeps the log of the file alive; without it one who only reads may have to read anew.
      try (Tidemark kept = Tidemark.open(uri);
          Tidemark store = Tidemark.builder(uri).mode(mode).open()) {
        follow(store.document(NAME), uri, seed);
        assertThat(kept.isReadOnly()).isFalse();
      }
      seed++;
    }
  }

  /** Nothing protects the file of a store that is only read, so what it was may be gone. */
  @Test
  @Rule("R10")
  void whoOnlyReadsIsToldWhereTheFileChangedUnderIt() {
    String uri = "sqlite:" + directory.resolve("quiet.db");
    insert(uri);
    try (Tidemark reader = Tidemark.builder(uri).mode(OpenMode.READ).open();
        TreeFollower follower = reader.document(NAME).follow()) {
      insert(uri);
      assertThat(follower.poll())
          .isEqualTo(new TreeUpdate.Resync(1, 2, TreeUpdate.Cause.SNAPSHOT_LOST));
      assertThat(follower.tree().hash().visibleNodes()).isEqualTo(2);
    }
  }

  private static void insert(String uri) {
    try (Tidemark writer = Tidemark.open(uri)) {
      LocalReplica replica = writer.document(NAME).replica(ReplicaId.random());
      replica.insert(NodeId.ROOT, Placement.last());
    }
  }

  private void follow(Document document, String uri, int seed) throws Exception {
    List<OtherJvm> children = new ArrayList<>();
    try (TreeFollower follower = document.follow()) {
      long before = document.status().version();
      for (int i = 0; i < 2; i++) {
        String[] arguments = {uri, Integer.toString(2 * seed + i), Integer.toString(EDITS)};
        children.add(OtherJvm.start(EditingChild.class, arguments));
      }
      CompletableFuture<Void> ended =
          CompletableFuture.allOf(
              children.stream().map(FollowingTest::end).toArray(CompletableFuture[]::new));
      while (!ended.isDone()) {
        apply(follower.await(Duration.ofMillis(50)), follower);
      }
      ended.join();
      apply(follower.poll(), follower);
      assertThat(document.status().version()).isGreaterThan(before + EDITS);
    } finally {
      children.forEach(OtherJvm::close);
    }
    assertThat(updates).as("updates").isGreaterThan(2);
    Map<NodeId, Place> stored = new HashMap<>();
    try (var tree = document.snapshot()) {
      tree.walk(NodeId.ROOT).forEach(entry -> stored.put(entry.node().id(), place(entry.node())));
    }
    assertThat(view).isEqualTo(stored).isNotEmpty();
  }

  private static CompletableFuture<Void> end(OtherJvm child) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            child.awaitSuccess();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Place place(TreeNode node) {
    return new Place(node.parent(), node.orderKey(), node.payload());
  }

  private void apply(TreeUpdate update, TreeFollower follower) {
    assertThat(update).isNotInstanceOf(TreeUpdate.Resync.class);
    if (!(update instanceof TreeUpdate.Changed changed)) {
      return;
    }
    updates++;
    for (Change change : changed.changes().changes()) {
      apply(change, follower.tree().node(change.node()).flatMap(TreeNode::payload));
    }
  }

  private void apply(Change change, Optional<Payload> payload) {
    NodeId node = change.node();
    Place old = view.get(node);
    boolean isNew = change instanceof Change.Inserted || change instanceof Change.Restored;
    assertThat(old == null).as("%s", change).isEqualTo(isNew);
    if (change instanceof Change.Inserted inserted) {
      view.put(node, new Place(inserted.parent(), inserted.orderKey(), payload));
    } else if (change instanceof Change.Restored restored) {
      view.put(node, new Place(restored.parent(), restored.orderKey(), payload));
    } else if (change instanceof Change.Deleted) {
      view.remove(node);
    } else if (old != null && change instanceof Change.Moved moved) {
      assertThat(old.parent()).isEqualTo(moved.oldParent());
      view.put(node, new Place(moved.parent(), moved.orderKey(), old.payload()));
    } else if (old != null) {
      view.put(node, new Place(old.parent(), old.orderKey(), payload));
    }
  }
}
