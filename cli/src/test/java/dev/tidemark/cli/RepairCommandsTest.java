package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.VerificationReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that make a tree again. */
class RepairCommandsTest {
  @TempDir private Path directory;
  private String store = "";

  @BeforeEach
  void makeStore() {
    store = Example.imported(directory);
  }

  @Test
  void aRebuiltTreeIsTheSame() {
    assertThat(run("rebuild").succeeded().out())
        .startsWith("Made the tree of document example again from 6 operations in ");
    assertThat(run("verify", "--json").succeeded().json())
        .containsEntry("treeHash", Example.TREE_HASH);
    assertThat(run("rebuild", "--json").succeeded().json())
        .containsEntry("path", "REBUILT")
        .containsEntry("operations", 6L);
  }

  @Test
  void whatIsNotDamagedIsNotRepaired() {
    assertThat(run("verify", "--repair").succeeded().out())
        .startsWith("Folded 6 operations on 4 nodes: the stored tree is the same.");
    assertThat(run("verify", "--repair", "--json").succeeded().json())
        .containsEntry("repaired", false)
        .containsEntry("differencesBefore", "null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM node",
        "UPDATE node SET order_key = x'61'",
        "UPDATE node SET flags = 0",
        "DELETE FROM deletion",
        "DELETE FROM structural",
        "UPDATE document SET inner_head = NULL",
        "UPDATE node SET parent = 77 WHERE parent IS NOT NULL"
      })
  void aDamagedTreeIsRepaired(String damage) throws SQLException {
    execute(damage);
    assertThat(run("verify").exit()).isNotZero();

    CliRun repair = run("verify", "--repair").succeeded();
    assertThat(repair.out())
        .containsAnyOf("Found ", "cannot be compared: ")
        .contains("Made the tree again from 6 operations")
        .contains("the stored tree is the same")
        .contains("Tree hash " + Example.TREE_HASH);
    assertThat(run("verify", "--json").succeeded().json())
        .containsEntry("verified", true)
        .containsEntry("repaired", false);
  }

  @Test
  void missingBytesOfPayloadsAreSaidToBeBeyondRepair() throws SQLException {
    try (Tidemark opened = Tidemark.open(store)) {
      opened
          .document("example")
          .replica(ReplicaId.random())
          .insert(NodeId.ROOT, Placement.last(), Payload.of(new byte[100_000]));
    }
    execute("DELETE FROM piece");
    CliRun repair = run("verify", "--repair");
    assertThat(repair.exit()).isEqualTo(1);
    assertThat(repair.out())
        .contains("has 1 difference", "payload of node")
        .contains("cannot be made again from the log: restore a backup")
        .doesNotContain("Made the tree again");

    execute("DELETE FROM node");
    CliRun both = run("verify", "--repair");
    assertThat(both.exit()).isEqualTo(1);
    assertThat(both.out()).contains("Made the tree again", "cannot be made again from the log");
    assertThat(run("verify", "--repair", "--json").json()).containsEntry("verified", false);
  }

  @Test
  void manyMissingPayloadsAreNotTakenForADamagedTree() throws SQLException {
    try (Tidemark opened = Tidemark.open(store)) {
      LocalReplica replica = opened.document("example").replica(ReplicaId.random());
      Payload large = Payload.of(new byte[20_000]);
      for (int i = 0; i <= VerificationReport.MOST_LISTED; i++) {
        replica.insert(NodeId.ROOT, Placement.last(), large);
      }
    }
    execute("DELETE FROM piece");
    CliRun repair = run("verify", "--repair");
    assertThat(repair.exit()).isEqualTo(1);
    assertThat(repair.out()).contains("1,001 differences").doesNotContain("Made the tree again");
  }

  @Test
  void operationsThatTheLogHasLostAreSaidToBeBeyondRepair() throws SQLException {
    execute("DELETE FROM run WHERE version = (SELECT max(version) FROM run)");
    execute("DELETE FROM node");
    CliRun repair = run("verify", "--repair");
    assertThat(repair.exit()).isEqualTo(1);
    assertThat(repair.out())
        .contains("log: there should be 6 operations, there is ")
        .contains("Operations that the log has lost cannot be made again")
        .doesNotContain("Made the tree again");
    assertThat(run("verify", "--repair", "--json").json())
        .containsEntry("verified", false)
        .containsEntry("repaired", false);

    CliRun rebuild = run("rebuild");
    assertThat(rebuild.exit()).isEqualTo(1);
    assertThat(rebuild.out()).contains(" more before.\n", "Operations that the log has lost");
  }

  @Test
  void aLogWithoutAllItsRowsIsNotRepairedByForgettingThem() throws SQLException {
    execute("DELETE FROM operation WHERE number = 3");
    for (String[] command : new String[][] {{"verify", "--repair"}, {"rebuild"}, {"log"}}) {
      Object[] options = Arrays.copyOfRange(command, 1, command.length, Object[].class);
      assertThat(run(command[0], options).failure(4))
          .contains("lost", "Restore a backup, or pull the documents into a new store");
    }
  }

  @Test
  void aDeferredImportIsCaughtUpLater() {
    String late = Example.store(directory, "late.db");
    CliRun imported = importing(late, "deferred");
    assertThat(imported.succeeded().out())
        .contains("The tree does not have 6 operations yet; tidemark catch-up brings it");
    assertThat(CliRun.onExample("tree", late, "--quiet").out()).isEmpty();
    CliRun caughtUp = CliRun.onExample("catch-up", late);
    assertThat(caughtUp.succeeded().out()).startsWith("Brought 6 operations into the tree in ");
    assertThat(CliRun.onExample("verify", late, "--json").succeeded().json())
        .containsEntry("treeHash", Example.TREE_HASH);
    assertThat(run("catch-up").succeeded().out()).isEqualTo("The tree was up to date.\n");
    assertThat(run("catch-up", "--json").succeeded().json()).containsEntry("operations", 0L);
  }

  @Test
  void aWorkLimitIsTakenAndNonsenseIsNot() {
    for (String when : new String[] {"immediate", "0"}) {
      importing(Example.store(directory, when + ".db"), when).succeeded();
    }
    assertThat(importing(Example.store(directory, "no.db"), "-3").failure(2))
        .contains("write immediate, deferred or a number");
  }

  @Test
  void storesAndDocumentsMustExist() {
    for (String command : new String[] {"rebuild", "catch-up", "verify"}) {
      String missing = Example.store(directory, "missing.db");
      assertThat(CliRun.onExample(command, missing).failure(4)).contains("does not exist");
      assertThat(CliRun.of(command, "--store", store, "--document", "exmaple").failure(4))
          .contains("It has example");
    }
    assertThat(directory.resolve("missing.db")).doesNotExist();
  }

  private CliRun importing(String into, String when) {
    return CliRun.onExample("import", into, Example.trace(directory), "--catch-up", when);
  }

  private CliRun run(String command, Object... more) {
    return CliRun.onExample(command, store, more);
  }

  private void execute(String sql) throws SQLException {
    Path file = directory.resolve("example.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
