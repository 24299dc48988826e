package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.storage.Failures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.Samples;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many documents in one store. */
public abstract class DocumentsContract extends StorageContract {
  /** In the order of UTF-8; that of UTF-16 puts the last two the other way round. */
  private static final List<DocumentId> NAMES =
      List.of(" ", "A", "B", "a", "a b", "a%b", "a/b", "a_b", "aa", "ä", "\uFF5E", "\uD83C\uDF0A")
          .stream()
          .map(DocumentId::of)
          .toList();

  /** For subclasses. */
  protected DocumentsContract() {}

  @Test
  @Rule({"B4", "B8"})
  void documentsAreListedInTheOrderOfTheirBytes() {
    List<DocumentId> arrival = new ArrayList<>(NAMES);
    Collections.shuffle(arrival, new Random(1));
    arrival.forEach(this::create);

    assertThat(store().documents(null, 99)).isEqualTo(NAMES);
    for (int limit = 1; limit <= NAMES.size() + 1; limit++) {
      List<DocumentId> paged = new ArrayList<>();
      List<DocumentId> page = store().documents(null, limit);
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(limit);
        paged.addAll(page);
        page = store().documents(paged.get(paged.size() - 1), limit);
      }
      assertThat(paged).as("pages of %s", limit).isEqualTo(NAMES);
    }
  }

  @Test
  @Rule("B8")
  void aListMayStartAfterANameThatDoesNotExist() {
    create(DocumentId.of("a"));
    create(DocumentId.of("c"));

    assertThat(documentsAfter(DocumentId.of("b"))).containsExactly(DocumentId.of("c"));
    assertThat(documentsAfter(DocumentId.of("c"))).isEmpty();
  }

  @Test
  @Rule("B8")
  void namesThatLookAlikeAreDifferentDocuments() {
    NAMES.forEach(this::create);
    DocumentId changed = DocumentId.of("a");
    write(changed, transaction -> transaction.putState(state(77)));

    for (DocumentId name : NAMES) {
      long expected = name.equals(changed) ? 77 : 1;
      assertThat(now(name).state().version()).as("%s", name).isEqualTo(expected);
    }
  }

  @Test
  @Rule("B1")
  void aDocumentComesIntoBeingWithItsFirstCommit() {
    now().state();
    assertThat(documentsAfter(null)).isEmpty();
    try (WriteTransaction transaction = store().beginWrite(Samples.NOTES)) {
      transaction.putState(state(1));
    }
    assertThat(documentsAfter(null)).isEmpty();
    create(Samples.NOTES);
    assertThat(documentsAfter(null)).containsExactly(Samples.NOTES);
  }

  @Test
  @Rule("B8")
  void aCommitWithoutContentMakesNoDocument() {
    write(transaction -> {});
    write(
        transaction -> {
          OperationId id = Samples.logged(1, 0, 1).operation().id();
          transaction.appendLog(List.of());
          transaction.putNodes(List.of());
          transaction.removeNodes(List.of(Samples.logged(1, 0, 1).operation().node()));
          transaction.putStructural(List.of());
          transaction.putDeletions(Map.of());
          transaction.putParentRows(List.of());
          transaction.removeParentRows(List.of(new ParentRow(Samples.node(1), new Position(1, 0))));
          transaction.removeStagedPayload(id);
          assertThat(transaction.removePayload(id, 9)).isZero();
          assertThat(transaction.removeTree(9)).isZero();
        });

    assertThat(documentsAfter(null)).isEmpty();
    create(Samples.NOTES);
    write(transaction -> {});
    assertThat(documentsAfter(null)).containsExactly(Samples.NOTES);
  }

  @Test
  @Rule("B8")
  void aListOfNoDocumentsCannotBeAskedFor() {
    create(Samples.NOTES);
    for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertRefused(
          ErrorCode.INVALID_ARGUMENT,
          "documents(null, " + limit + ")",
          () -> store().documents(null, limit));
    }
  }

  private List<DocumentId> documentsAfter(@Nullable DocumentId name) {
    return store().documents(name, 9);
  }

  private void create(DocumentId name) {
    write(name, transaction -> transaction.putState(state(1)));
  }

  private static DocumentState state(long version) {
    return new DocumentState(version, 0, null, null, Position.START, 0, null);
  }
}
