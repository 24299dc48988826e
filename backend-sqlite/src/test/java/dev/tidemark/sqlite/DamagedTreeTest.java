package dev.tidemark.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeHash;
import dev.tidemark.core.VerificationReport;
import dev.tidemark.core.VerificationReport.Difference;
import dev.tidemark.core.VerificationReport.Part;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows beside the log that were changed, removed or added: found, and made again (rule R9). */
final class DamagedTreeTest {
  private static final ReplicaId REPLICA = ReplicaId.fromHex("a1");
  private static final NodeId FOLDER = new NodeId(0, 1);
  private static final NodeId NOTE = new NodeId(0, 2);
  private static final NodeId GONE = new NodeId(0, 3);

  @TempDir Path directory;
  private Path file;
  private TreeHash hash;

  @BeforeEach
  void makeStore() {
    file = directory.resolve("store.db");
    List<Operation> operations = new ArrayList<>();
    operations.add(insert(1, FOLDER, NodeId.ROOT));
    operations.add(insert(2, NOTE, FOLDER));
    operations.add(insert(3, GONE, FOLDER));
    operations.add(new Operation.Move(id(4), 4, NOTE, NodeId.ROOT, OrderKey.EMPTY));
    operations.add(new Operation.SetPayload(id(5), 5, NOTE, Payload.of("changed")));
    KnownOperations known = KnownOperations.builder().add(REPLICA, 1, 5).build();
    operations.add(new Operation.Delete(id(6), 6, GONE, known));
    operations.add(insert(7, new NodeId(0, 4), NOTE));
    try (Tidemark store = Tidemark.open("sqlite:" + file)) {
      Document document = store.document("notes");
      document.append(operations, CatchUpPolicy.immediate());
      assertThat(document.verify(ProgressListener.NONE).isIdentical()).isTrue();
      hash = document.treeHash();
    }
  }

  @ParameterizedTest
  @Rule("R9")
  @CsvSource(
      delimiter = '|',
      value = {
        "NODE | UPDATE node SET flags = iif(flags & 2, flags - 2, flags + 2) | 5",
        "NODE | UPDATE node SET flags = iif(flags & 8, flags - 8, flags + 8) | 5",
        "NODE | UPDATE node SET order_key = x'FF' WHERE parent IS NOT NULL | 4",
        "NODE | UPDATE node SET parent = 0 WHERE node = x'00000000000000000000000000000004' | 1",
        "NODE | UPDATE node SET payload_key = NULL WHERE payload_key IS NOT NULL | 1",
        "NODE | DELETE FROM node | 5",
        "NODE | DELETE FROM node WHERE node = x'00000000000000000000000000000003' | 1",
        "NODE | INSERT INTO node(document, node, flags)"
            + " VALUES (1, x'000000000000000000000000000000FF', 4) | 1",
        "DELETIONS | UPDATE deletion SET known = x'' | 1",
        "DELETIONS | DELETE FROM deletion | 1",
        "DELETIONS | INSERT INTO deletion VALUES (1, x'00000000000000000000000000000001', x'') | 1",
        "DELETIONS | INSERT INTO deletion VALUES (1, x'000000000000000000000000000000FF', x'') | 1",
        "STRUCTURAL_INDEX | UPDATE structural SET flags = iif(flags & 1, flags - 1, flags + 1) | 3",
        "STRUCTURAL_INDEX | UPDATE structural SET order_key = x'FF' | 3",
        "STRUCTURAL_INDEX | UPDATE structural SET lamport = lamport + 10 | 6",
        "STRUCTURAL_INDEX | DELETE FROM structural | 3",
        "STRUCTURAL_INDEX | INSERT INTO structural SELECT document,"
            + " x'000000000000000000000000000000FF', lamport, replica, counter, flags, parent,"
            + " order_key FROM structural | 3",
        "STRUCTURAL_INDEX | INSERT INTO structural SELECT document, node, lamport + 10, replica,"
            + " counter, flags, parent, order_key FROM structural | 3",
        "PARENT_INDEX | DELETE FROM parent_operation | 8",
        "PARENT_INDEX | DELETE FROM parent_operation WHERE operation = 4 | 2",
        "PARENT_INDEX | INSERT INTO parent_operation SELECT document, parent, 7"
            + " FROM parent_operation WHERE operation IN (1, 2) | 2",
        "STATE | UPDATE document SET operations = 5 | 1",
        "STATE | UPDATE document SET head = NULL | 1",
        "STATE | UPDATE document SET inner_head = NULL | 1",
      })
  void eachRowIsReportedAndMadeAgain(Part part, String damage, int rows) throws SQLException {
    Stores.execute(file, damage);
    try (Tidemark store = Tidemark.open("sqlite:" + file)) {
      Document document = store.document("notes");
      VerificationReport report = document.verify(ProgressListener.NONE);
      assertThat(report.differences().stream().filter(d -> d.part() == part))
          .as("%s", report)
          .hasSize(rows);
      assertThat(parts(report)).as("%s", report).isSubsetOf(part);
    }
    assertRebuilt();
  }

  /** What the columns of a row make impossible cannot be compared. */
  @ParameterizedTest
  @Rule("R9")
  @ValueSource(
      strings = {
        "UPDATE node SET parent = 99 WHERE parent IS NOT NULL",
        "UPDATE node SET node = x'01' WHERE node = x'00000000000000000000000000000001'",
        "UPDATE deletion SET known = x'01'",
        "UPDATE structural SET parent = 99",
        "UPDATE parent_operation SET parent = parent + 90",
        "UPDATE parent_operation SET operation = operation + 90",
        "INSERT INTO parent_operation VALUES (1, 0, 99)",
        "INSERT INTO parent_operation VALUES (1, 99, 1)"
      })
  void rowsThatMakeNoSenseAreRefusedAndMadeAgain(String damage) throws SQLException {
    Stores.execute(file, damage);
    try (Tidemark store = Tidemark.open("sqlite:" + file)) {
      Stores.assertRefused(
          ErrorCode.STORE_CORRUPT, () -> store.document("notes").verify(ProgressListener.NONE));
    }
    assertRebuilt();
  }

  /** A tree made from the operations that are left would be taken for whole. */
  @ParameterizedTest
  @Rule("R9")
  @ValueSource(
      strings = {
        "DELETE FROM operation WHERE number = 1",
        "DELETE FROM operation WHERE number = 4",
        "DELETE FROM operation WHERE number = 7",
        "DELETE FROM operation WHERE number > 3",
        "DELETE FROM operation",
        "UPDATE run SET count = 8"
      })
  void aLogThatHasLostRowsIsRefusedAndTheStateStays(String damage) throws SQLException {
    Stores.execute(file, damage);
    try (Tidemark store = Tidemark.open("sqlite:" + file)) {
      Document document = store.document("notes");
      Stores.assertRefused(ErrorCode.STORE_CORRUPT, () -> document.verify(ProgressListener.NONE));
      Stores.assertRefused(ErrorCode.STORE_CORRUPT, document::rebuild);
      assertThat(document.status().operations()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @Rule("R9")
  @ValueSource(
      strings = {
        "UPDATE document SET operations = 9",
        "DELETE FROM run",
        "UPDATE run SET count = 4"
      })
  void operationsThatTheStateCountsAndTheLogHasNotAreLost(String damage) throws SQLException {
    Stores.execute(file, damage);
    try (Tidemark store = Tidemark.open("sqlite:" + file)) {
      VerificationReport report = store.document("notes").verify(ProgressListener.NONE);
      assertThat(parts(report)).containsExactly(Part.LOG);
    }
  }

  @Test
  @Rule("R9")
  void everythingBesideTheLogIsMadeAgain() throws SQLException {
    Stores.execute(
        file,
        "DELETE FROM node",
        "DELETE FROM deletion",
        "DELETE FROM structural",
        "DELETE FROM parent_operation",
        "UPDATE document SET head = NULL, inner_head = NULL, operations = 0");
    try (Tidemark store = Tidemark.open("sqlite:" + file)) {
      assertThat(parts(store.document("notes").verify(ProgressListener.NONE)))
          .containsExactlyInAnyOrder(
              Part.NODE, Part.DELETIONS, Part.STRUCTURAL_INDEX, Part.PARENT_INDEX, Part.STATE);
    }
    assertRebuilt();
  }

  private void assertRebuilt() {
    try (Tidemark store = Tidemark.open("sqlite:" + file)) {
      Document document = store.document("notes");
      document.rebuild();
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
      assertThat(document.treeHash()).isEqualTo(hash);
    }
  }

  private static Set<Part> parts(VerificationReport report) {
    return report.differences().stream().map(Difference::part).collect(Collectors.toSet());
  }

  private static Operation insert(int number, NodeId node, NodeId parent) {
    return new Operation.Insert(
        id(number), number, node, parent, OrderKey.EMPTY, Payload.of("payload " + number));
  }

  private static OperationId id(int number) {
    return new OperationId(REPLICA, number);
  }
}
