package dev.tidemark.benchmarks.scenario;

import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.raw.RawStore;
import dev.tidemark.benchmarks.result.Bar;
import dev.tidemark.benchmarks.result.Figure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;

/** What a store takes on the medium. */
public final class StoreSizeScenario implements Scenario {
  private static final String BY_TABLE =
      "SELECT name, sum(pgsize) FROM dbstat WHERE aggregate = TRUE GROUP BY name"
          + " HAVING sum(pgsize) >= ? ORDER BY 2 DESC";

  @Override
  public String name() {
    return "store-size";
  }

  @Override
  public String title() {
    return "Bytes of file per operation, SQLite: inserts of 64 B, 16-byte node and replica ids";
  }

  @Override
  public void measure(Run run) throws Exception {
    int operations = run.pick(2_000, 100_000, 1_000_000);
    Path file = run.stores().tree(operations);
    run.add(
        Figure.value(
            String.format(java.util.Locale.ROOT, "whole file, %,d operations", operations),
            "B/op",
            new double[] {(double) Files.size(file) / operations},
            run.unlessSmoke(Bar.atMost(250))));
    try (RawStore raw = RawStore.open(file);
        var statement = raw.connection().prepareStatement(BY_TABLE)) {
      statement.setLong(1, operations / 10);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          double bytes = (double) rows.getLong(2) / operations;
          run.add(
              Figure.value(
                  kind(raw, rows.getString(1)) + " " + rows.getString(1),
                  "B/op",
                  new double[] {bytes},
                  null));
        }
      }
    }
  }

  private static String kind(RawStore raw, String name) throws Exception {
    try (Statement statement = raw.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT type FROM sqlite_schema WHERE name = '" + name.replace("'", "''") + "'")) {
      return row.next() ? row.getString(1) : "table";
    }
  }
}
