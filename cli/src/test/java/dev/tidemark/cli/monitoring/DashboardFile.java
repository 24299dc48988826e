package dev.tidemark.cli.monitoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The shipped dashboard, as far as it asks Prometheus. */
record DashboardFile(JsonTree json) {
  /** A panel with its place in the grid of 24 columns. */
  record Panel(
      String type,
      String title,
      String unit,
      boolean isLogarithmic,
      boolean isStacked,
      boolean isBars,
      int x,
      int y,
      int width,
      int height,
      List<Target> targets) {}

  /** A query and how its series are named. */
  record Target(String expression, String legend) {}

  static DashboardFile shipped() {
    return new DashboardFile(JsonTree.parse(resource("tidemark-dashboard.json")));
  }

  /** A file that ships in the module metrics. */
  static String resource(String name) {
    String path = "/dev/tidemark/metrics/" + name;
    try (InputStream input = DashboardFile.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(input, path).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** All panels; variables are set to all there is, and rates to a time. */
  List<Panel> panels(String rateInterval) {
    List<Panel> panels = new ArrayList<>();
    for (JsonTree panel : json.get("panels").list()) {
      JsonTree position = panel.get("gridPos");
      JsonTree defaults = panel.get("fieldConfig").get("defaults");
      JsonTree custom = defaults.get("custom");
      List<Target> targets = new ArrayList<>();
      for (JsonTree target : panel.get("targets").list()) {
        String expression =
            target
                .get("expr")
                .text()
                .replace("$__rate_interval", rateInterval)
                .replaceAll("\\$(job|instance|store)", ".*");
        targets.add(new Target(expression, target.get("legendFormat").text()));
      }
      panels.add(
          new Panel(
              panel.get("type").text(),
              panel.get("title").text(),
              defaults.get("unit").text(),
              custom.get("scaleDistribution").get("type").text().equals("log"),
              custom.get("stacking").get("mode").text().equals("normal"),
              custom.get("drawStyle").text().equals("bars"),
              (int) position.get("x").number(),
              (int) position.get("y").number(),
              (int) position.get("w").number(),
              (int) position.get("h").number(),
              targets));
    }
    return panels;
  }
}
