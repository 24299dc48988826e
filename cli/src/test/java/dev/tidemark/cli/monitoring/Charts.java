package dev.tidemark.cli.monitoring;

import dev.tidemark.cli.monitoring.DashboardFile.Panel;
import dev.tidemark.cli.monitoring.PrometheusApi.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws panels over time as SVG. */
record Charts(double start, double end, double step) {
  static final List<String> COLORS =
      List.of(
          "#3274d9", "#e0752d", "#299c46", "#d44a3a", "#8f3bb8", "#c4a000", "#1f9bb0", "#b0466d");
  private static final double PLAIN_MOST = 1;

  /** A chart with what its colors mean. */
  record Drawn(String svg, Map<String, String> legend) {}

  Drawn lines(Panel panel, Map<String, Series> named, int width, int height) {
    Map<String, TreeMap<Double, Double>> curves = new LinkedHashMap<>();
    TreeMap<Double, Double> below = new TreeMap<>();
    for (Map.Entry<String, Series> entry : named.entrySet()) {
      TreeMap<Double, Double> values = filled(entry.getValue(), panel.isBars());
      if (panel.isStacked()) {
        values.forEach((time, value) -> below.merge(time, value, Double::sum));
        values.replaceAll((time, value) -> below.getOrDefault(time, value));
      }
      curves.put(entry.getKey(), values);
    }
    Plot plot = plot(panel, curves, width, height);
    StringBuilder svg = new StringBuilder(plot.grid(panel.unit()));
    Map<String, String> legend = new LinkedHashMap<>();
    int color = 0;
    StringBuilder drawn = new StringBuilder();
    for (Map.Entry<String, TreeMap<Double, Double>> curve : curves.entrySet()) {
      String stroke = COLORS.get(color++ % COLORS.size());
      if (panel.isStacked()) {
        // The higher ones first, so that each hides what is below it.
        drawn.insert(0, plot.curve(curve.getValue(), stroke, 1));
      } else if (panel.isBars()) {
        drawn.append(bars(plot, curve.getValue(), stroke));
      } else {
        drawn.append(plot.curve(curve.getValue(), stroke, panel.isLogarithmic() ? 0 : 0.1));
      }
      Series series = named.get(curve.getKey());
      double last = series == null ? Double.NaN : series.values().lastEntry().getValue();
      legend.put(
          curve.getKey() + (panel.isBars() ? "" : " " + Units.format(last, panel.unit())), stroke);
    }
    return new Drawn(svg.append(drawn).toString(), legend);
  }

  /** Every time has a value; where a series has none, it is not known, or no bar. */
  private TreeMap<Double, Double> filled(Series series, boolean isBars) {
    TreeMap<Double, Double> values = new TreeMap<>();
    for (double time = start; time <= end; time += step) {
      Map.Entry<Double, Double> near = series.values().floorEntry(time + step / 2);
      boolean isThere = near != null && near.getKey() > time - step / 2;
      values.put(time, isThere ? near.getValue() : isBars ? 0 : Double.NaN);
    }
    return values;
  }

  private Plot plot(
      Panel panel, Map<String, TreeMap<Double, Double>> curves, int width, int height) {
    List<Double> all = new ArrayList<>();
    curves.values().forEach(values -> all.addAll(values.values()));
    all.removeIf(value -> !Double.isFinite(value) || (panel.isLogarithmic() && value <= 0));
    double most = all.stream().mapToDouble(Double::doubleValue).max().orElse(PLAIN_MOST);
    double least = all.stream().mapToDouble(Double::doubleValue).min().orElse(PLAIN_MOST / 10);
    double top = most == 0 ? PLAIN_MOST : most * (panel.isLogarithmic() ? 1 : 1.08);
    return new Plot(
        width, height, start, end, panel.isLogarithmic() ? least : 0, top, panel.isLogarithmic());
  }

  private String bars(Plot plot, TreeMap<Double, Double> values, String color) {
    StringBuilder svg = new StringBuilder();
    values.forEach(
        (time, value) -> {
          if (value > 0) {
            svg.append(plot.box(time - step * 0.5, time + step * 0.5, 0, value, color));
          }
        });
    return svg.toString();
  }

  /** Buckets are cumulative: what a cell shows is its bucket without the one below. */
  Drawn heatMap(List<Series> buckets, int width, int height) {
    TreeMap<Double, TreeMap<Double, Double>> byBound = new TreeMap<>();
    for (Series series : buckets) {
      String bound = series.labels().getOrDefault("le", "");
      byBound.put(
          bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
          series.values());
    }
    TreeSet<Double> used = new TreeSet<>();
    List<Cell> cells = cells(byBound, used);
    double most = cells.stream().mapToDouble(Cell::calls).max().orElse(1);
    List<Double> rows = new ArrayList<>(byBound.keySet());
    int low = used.isEmpty() ? 0 : Math.max(0, rows.indexOf(used.first()) - 1);
    int high = used.isEmpty() ? rows.size() : Math.min(rows.size(), rows.indexOf(used.last()) + 2);
    Plot plot = new Plot(width, height, start, end, low, high, false);
    StringBuilder svg = new StringBuilder();
    for (Cell cell : cells) {
      int row = rows.indexOf(cell.bound());
      double strength = Math.pow(cell.calls() / most, 0.5);
      svg.append(
          plot.box(
              cell.time() - step / 2, cell.time() + step / 2, row, row + 0.94, shade(strength)));
    }
    for (int row = low; row < high; row++) {
      double bound = rows.get(row);
      String label = Double.isInfinite(bound) ? "more" : "≤ " + Units.format(bound, "s");
      Plot.text(svg, Plot.LEFT - 6, plot.y(row + 0.5) + 4, "end", label);
    }
    plot.times(svg);
    Map<String, String> legend = new LinkedHashMap<>();
    legend.put("few calls", shade(0.1));
    legend.put("up to %s at once".formatted(Units.trim((double) Math.round(most))), shade(1));
    return new Drawn(svg.toString(), legend);
  }

  /** How many calls took at most so long, and longer than the bound below. */
  private record Cell(double time, double bound, double calls) {}

  private static List<Cell> cells(
      TreeMap<Double, TreeMap<Double, Double>> byBound, TreeSet<Double> used) {
    List<Cell> cells = new ArrayList<>();
    TreeMap<Double, Double> below = new TreeMap<>();
    byBound.forEach(
        (bound, values) -> {
          values.forEach(
              (time, calls) -> {
                double own = calls - below.getOrDefault(time, 0.0);
                if (own > 0.01) {
                  used.add(bound);
                  cells.add(new Cell(time, bound, own));
                }
              });
          below.putAll(values);
        });
    return cells;
  }

  private static String shade(double strength) {
    int red = (int) (255 - 75 * strength);
    int green = (int) (235 - 165 * strength);
    int blue = (int) (210 - 200 * strength);
    return String.format(Locale.ROOT, "rgb(%d,%d,%d)", red, green, blue);
  }
}
