package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that only look: verify, tree, log, stats. */
class InspectCommandsTest {
  @TempDir private Path directory;
  private String store = "";

  @BeforeEach
  void importExample() {
    store = Example.imported(directory);
  }

  @Test
  void verifyComparesWithTheFold() {
    assertThat(run("verify").succeeded().out())
        .contains("the stored tree is the same")
        .contains("Tree hash " + Example.TREE_HASH + ", 2 visible nodes.");
  }

  @Test
  void verifyComparesWithAFile() {
    Path expected = expected(Example.TREE_HASH, 2);
    assertThat(run("verify", "--expect", expected).succeeded().out())
        .contains("All 4 values that the file names are as expected.");
  }

  @Test
  void verifyListsWhatIsNotExpected() {
    CliRun run = run("verify", "--expect", expected(Example.TREE_HASH, 3));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("Of 4 values that the file names, 1 is not as expected.")
        .contains("  visibleNodes: expected 3, is 2");

    Map<String, Object> json = run("verify", "--json", "--expect", expected("00", 2)).json();
    assertThat(json).containsEntry("verified", false).containsEntry("differenceCount", 0L);
    assertThat(Json.get(json, "unexpected").toString()).contains("treeHash");
  }

  @Test
  void verifyRefusesAFileOfSomethingElse() {
    Path other = Example.write(directory.resolve("other.json"), "{\"visibleNodes\":[2]}");
    assertThat(run("verify", "--expect", other).failure(3))
        .contains("this is no file of expected values");
    assertThat(run("verify", "--expect", directory.resolve("missing")).failure(3))
        .contains("there is no such file");
  }

  @Test
  void treeIsIndentedAndShowsKeysAsText() {
    assertThat(run("tree").succeeded().out()).isEqualTo("lib\n  b.txt  (0 B)\n");
    assertThat(run("tree", "--depth", 1).succeeded().out()).isEqualTo("lib\n");
    assertThat(run("tree", "--from", "1".repeat(32), "--ids").succeeded().out())
        .isEqualTo("b.txt  (0 B)  " + "3".repeat(32) + "\n");
  }

  @Test
  void treeShowsTheEndOfTheIdWhereTheKeyIsNoName() {
    String uri = Example.store(directory, "made.db");
    String id;
    try (Tidemark made = Tidemark.open(uri)) {
      LocalReplica replica = made.document("example").replica(ReplicaId.random());
      id = replica.insert(NodeId.ROOT, Placement.last(), Payload.of("Chapter 1")).toHex();
    }
    assertThat(
            CliRun.of("tree", "--store", uri, "--document", "example", "--text").succeeded().out())
        .isEqualTo("…" + id.substring(24) + "  (9 B)  Chapter 1\n");
  }

  @Test
  void treeAsJson() {
    Map<String, Object> json = run("tree", "--json").succeeded().json();
    assertThat(json).containsEntry("document", "example").containsEntry("version", 3L);
    assertThat((List<?>) json.get("nodes")).hasSize(2);
    assertThat(json.get("nodes").toString())
        .contains("depth=2, node=" + "3".repeat(32), "orderKeyText=b.txt", "payload={size=0");
  }

  @Test
  void treeRefusesANodeThatIsNotVisible() {
    assertThat(run("tree", "--from", "2".repeat(32)).failure(2)).contains("no visible node");
    assertThat(run("tree", "--from", "xyz").failure(2)).contains("not hexadecimal");
  }

  @Test
  void logHasTheOrderOfArrival() {
    List<String> lines = run("log").succeeded().out().lines().toList();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).startsWith("1.0").contains("insert", "under the root at src", "1@");
    assertThat(lines.get(1)).contains("a.txt with 70 B");
    assertThat(lines.get(2)).startsWith("2.0").contains("delete", "knowing 1 operation");
    assertThat(lines.get(5)).startsWith("3.1").contains("move", "at lib");
  }

  @Test
  void logIsPaged() {
    assertThat(run("log", "--after", 1, "--limit", 3).succeeded().out().lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("2.0");
    assertThat(run("log", "--after", 3).succeeded().out()).isEmpty();
    assertThat(run("log", "--after", 99).succeeded().out()).isEmpty();
    assertThat(run("log", "--after", Long.MAX_VALUE).succeeded().out()).isEmpty();
    assertThat(run("log", "--parent", "root", "--after", Long.MAX_VALUE).succeeded().out())
        .isEmpty();
  }

  @Test
  void logOfTheChildrenOfANode() {
    List<String> ofRoot = run("log", "--parent", "root").succeeded().out().lines().toList();
    assertThat(ofRoot).hasSize(3);
    assertThat(ofRoot.get(0)).startsWith("1.0").contains("insert", "under the root at src");
    assertThat(ofRoot.get(1)).startsWith("2.1").contains("delete", "1".repeat(32));
    assertThat(ofRoot.get(2)).startsWith("3.1").contains("move", "at lib");
    List<String> ofNode = run("log", "--parent", "1".repeat(32)).succeeded().out().lines().toList();
    assertThat(ofNode).hasSize(3);
    assertThat(ofNode.get(0)).startsWith("1.1").contains("a.txt");
    assertThat(ofNode.get(1)).startsWith("2.0").contains("delete", "2".repeat(32));
    assertThat(ofNode.get(2)).startsWith("3.0").contains("b.txt");
    assertThat(run("log", "--parent", "root", "--after", 1, "--limit", 1).succeeded().out())
        .startsWith("2.1")
        .hasLineCount(1);
    Map<String, Object> json = run("log", "--parent", "root", "--json").succeeded().json();
    assertThat((List<?>) json.get("operations")).hasSize(3);
    assertThat(run("log", "--parent", "9".repeat(32)).succeeded().out()).isEmpty();
    assertThat(run("log", "--parent", "xyz").failure(2)).contains("32 hexadecimal digits");
  }

  @Test
  void logAsJson() {
    Map<String, Object> json = run("log", "--json", "--limit", 3).succeeded().json();
    assertThat((List<?>) json.get("operations")).hasSize(3);
    assertThat(json.get("operations").toString())
        .contains("kind=delete", "knownOperations=1", "orderKeyText=src", "payload={size=70");
  }

  @Test
  void statsOfTheStoreAndOfOneDocument() {
    assertThat(CliRun.of("stats", "--store", store).succeeded().out())
        .contains("example", "The file has ");
    assertThat(run("stats", "--json").succeeded().json())
        .containsEntry("operations", 6L)
        .containsEntry("inserts", 3L)
        .containsEntry("deletes", 2L)
        .containsEntry("late", 1L)
        .containsEntry("replicas", 2L)
        .containsEntry("visibleNodes", 2L)
        .containsEntry("treeHash", Example.TREE_HASH);
    assertThat(run("stats").succeeded().out()).contains("late on arrival").contains("tree hash");
  }

  private Path expected(String treeHash, int visibleNodes) {
    return Example.write(
        directory.resolve("expected.json"),
        """
        {"source":"example","commits":3,"ops":6,"tombstonedNodes":1,
         "visibleNodes":%d,"treeHash":"%s","lateOps":77}
        """
            .formatted(visibleNodes, treeHash));
  }

  private CliRun run(String command, Object... more) {
    return CliRun.onExample(command, store, more);
  }
}
