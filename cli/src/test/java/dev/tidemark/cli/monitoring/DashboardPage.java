package dev.tidemark.cli.monitoring;

import dev.tidemark.cli.monitoring.DashboardFile.Panel;
import dev.tidemark.cli.monitoring.DashboardFile.Target;
import dev.tidemark.cli.monitoring.PrometheusApi.Sample;
import dev.tidemark.cli.monitoring.PrometheusApi.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws the shipped dashboard with data asked of Prometheus, as a page for people without Grafana.
 * Made for the picture in docs/: {@code .ci/dashboard-picture}.
 */
final class DashboardPage {
  private static final int COLUMN = 62;
  private static final int CELL = 34;
  private static final int GAP = 8;
  private static final int TITLE = 26;
  private static final int LEGEND = 22;
  private static final String RATE_INTERVAL = "15s";

  private final DashboardFile dashboard;
  private final PrometheusApi api;
  private final Charts charts;

  DashboardPage(DashboardFile dashboard, PrometheusApi api, double start, double end) {
    this.dashboard = dashboard;
    this.api = api;
    this.charts = new Charts(start, end, Math.max(1, (end - start) / 150));
  }

  void write(Path file) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        <!DOCTYPE html><html><head><meta charset="utf-8"><title>Tidemark</title><style>
        body { margin: 0; background: #f4f5f7; font: 12px "DejaVu Sans", sans-serif; color: #24292e }
        h1 { font-size: 19px; margin: 12px 16px 2px }
        p { margin: 0 16px 8px; color: #57606a }
        .grid { position: relative; margin: 0 12px }
        .panel { position: absolute; background: #fff; border: 1px solid #dfe3e8;
          border-radius: 3px; box-sizing: border-box; overflow: hidden }
        .title { font-weight: bold; padding: 6px 8px 0; height: 20px }
        .row { position: absolute; font-size: 15px; font-weight: bold; padding-top: 8px }
        .legend { padding: 0 8px; font-size: 11px; white-space: nowrap; overflow: hidden }
        .legend i { display: inline-block; width: 8px; height: 4px; margin: 0 4px 3px 0 }
        .legend span { margin-right: 8px }
        .stat { font-size: 30px; font-weight: bold; text-align: center; padding-top: 16px }
        text { font-size: 11px; fill: #57606a }
        </style></head><body>
        """);
    page.append("<h1>").append(dashboard.json().get("title").text()).append("</h1>\n<p>");
    page.append("Queries of the shipped dashboard, evaluated by Prometheus over ");
    page.append("a run of the checks: a history is imported into one store and replicated into ");
    page.append("a second one, out of order. Times are minutes since its start.</p>\n");
    List<Panel> panels = dashboard.panels(RATE_INTERVAL);
    int bottom =
        panels.stream().mapToInt(panel -> panel.y() + panel.height()).max().orElse(0) * CELL;
    page.append("<div class='grid' style='height:").append(bottom + 8).append("px'>\n");
    panels.forEach(panel -> page.append(draw(panel)).append('\n'));
    Files.writeString(file, page.append("</div></body></html>\n"));
  }

  private String draw(Panel panel) {
    int width = panel.width() * COLUMN - GAP;
    int height = panel.height() * CELL - GAP;
    String place =
        "left:%dpx;top:%dpx;width:%dpx;height:%dpx"
            .formatted(panel.x() * COLUMN, panel.y() * CELL, width, height);
    if (panel.type().equals("row")) {
      return "<div class='row' style='%s'>%s</div>".formatted(place, panel.title());
    }
    String content = panel.type().equals("stat") ? stat(panel) : chart(panel, width, height);
    return "<div class='panel' style='%s'><div class='title'>%s</div>%s</div>"
        .formatted(place, panel.title(), content);
  }

  private String stat(Panel panel) {
    List<Sample> samples = api.query(panel.targets().get(0).expression());
    double value = samples.isEmpty() ? Double.NaN : samples.get(0).value();
    return "<div class='stat'>%s</div>"
        .formatted(
            Units.format(panel.unit().equals("short") ? Math.round(value) : value, panel.unit()));
  }

  private String chart(Panel panel, int width, int height) {
    int drawn = height - TITLE - LEGEND;
    Charts.Drawn chart;
    if (panel.type().equals("heatmap")) {
      chart = charts.heatMap(range(panel.targets().get(0)), width, drawn);
    } else {
      Map<String, Series> named = new LinkedHashMap<>();
      for (Target target : panel.targets()) {
        for (Series series : range(target)) {
          named.put(name(target.legend(), series.labels()), series);
        }
      }
      if (panel.isBars() || panel.title().startsWith("Retries")) {
        named.values().removeIf(s -> s.values().values().stream().allMatch(v -> v == 0));
      }
      chart = charts.lines(panel, named, width, drawn);
    }
    StringBuilder legend = new StringBuilder("<div class='legend'>");
    chart
        .legend()
        .forEach(
            (name, color) ->
                legend.append(
                    "<span><i style='background:%s'></i>%s</span>".formatted(color, name)));
    return "<svg width='%d' height='%d'>%s</svg>%s</div>"
        .formatted(width, drawn, chart.svg(), legend);
  }

  private List<Series> range(Target target) {
    return api.range(target.expression(), charts.start(), charts.end(), charts.step());
  }

  private static String name(String legend, Map<String, String> labels) {
    String name = legend;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      name = name.replace("{{" + label.getKey() + "}}", label.getValue());
    }
    return name;
  }
}
