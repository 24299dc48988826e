package dev.tidemark.core.internal.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Change;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told what, and when. */
class ChangePublisherTest {
  private static final DocumentId NOTES = DocumentId.of("notes");

  private final List<String> told = new ArrayList<>();
  private final ChangePublisher publisher =
      new ChangePublisher(code -> told.add("failed with " + code));

  @Test
  void listenersComeLastAsTheyMayTakeTheirTime() {
    publisher.listen(NOTES, changes -> told.add("listener"));
    publisher.publish(
        NOTES,
        () -> told.add("commit"),
        done -> List.of(changes(1)),
        done -> told.add("telemetry"));
    assertThat(told).containsExactly("commit", "telemetry", "listener");
  }

  @Test
  void aListenerIsNotToldOfWhatWasCommittedBeforeIt() {
    publisher.listen(
        NOTES,
        changes -> {
          told.add("first " + changes.version());
          if (changes.version() == 1) {
            commit(2);
            publisher.listen(NOTES, later -> told.add("second " + later.version()));
            commit(3);
          }
        });
    commit(1);
    assertThat(told).containsExactly("first 1", "first 2", "first 3", "second 3");
  }

  @Test
  void aListenerAddedTwiceIsRemovedOnceAtATime() {
    List<Long> versions = new ArrayList<>();
    Runnable first = publisher.listen(NOTES, changes -> versions.add(changes.version()));
    Runnable second = publisher.listen(NOTES, changes -> versions.add(changes.version()));
    commit(1);
    first.run();
    first.run();
    commit(2);
    second.run();
    commit(3);
    assertThat(versions).containsExactly(1L, 1L, 2L);
  }

  @Test
  void aListenerThatFailsHarmsNobody() {
    publisher.listen(
        NOTES,
        changes -> {
          throw new AssertionError("of a listener");
        });
    publisher.listen(NOTES, changes -> told.add("told"));
    commit(1);
    assertThat(told).containsExactly("told");
  }

  private void commit(long version) {
    publisher.publish(NOTES, () -> version, done -> List.of(changes(done)), done -> {});
  }

  private static ChangeSet changes(long version) {
    return new ChangeSet(NOTES, version, List.of(new Change.Deleted(new NodeId(0, 7))));
  }
}
