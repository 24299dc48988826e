package dev.tidemark.benchmarks.report;

import dev.tidemark.benchmarks.harness.Console;
import dev.tidemark.benchmarks.result.Chart;
import dev.tidemark.benchmarks.result.Chart.Line;
import dev.tidemark.benchmarks.result.Chart.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws a chart as SVG. */
public final class SvgChart {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 76;
  private static final int TOP = 44;
  private static final int RIGHT = 40;
  private static final int BOTTOM = 56;
  private static final int LEGEND_LINE = 18;

  /** Told apart by colour-blind people as well (Okabe and Ito). */
  private static final String[] COLOURS = {
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"
  };

  private final Chart chart;
  private final Scale x;
  private final Scale y;
  private final StringBuilder svg = new StringBuilder();

  private SvgChart(Chart chart) {
    this.chart = chart;
    List<Point> all = chart.lines().stream().flatMap(line -> line.points().stream()).toList();
    this.x =
        Scale.of(
            all.stream().map(Point::x).toList(), chart.x().isLogarithmic(), LEFT, WIDTH - RIGHT);
    this.y =
        Scale.of(
            all.stream().map(Point::y).toList(), chart.y().isLogarithmic(), HEIGHT - BOTTOM, TOP);
  }

  /**
   * Draws.
   *
   * @param chart the chart
   * @return the file's text
   */
  public static String draw(Chart chart) {
    return new SvgChart(chart).draw();
  }

  private String draw() {
    int height = HEIGHT + LEGEND_LINE * chart.lines().size();
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH, height, WIDTH);
    line("<title>%s</title>", escaped(chart.title()));
    line("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, height);
    line("<text x=\"%d\" y=\"24\" font-size=\"15\">%s</text>", LEFT, escaped(chart.title()));
    for (double tick : x.ticks()) {
      double at = x.place(tick);
      line(
          "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#ddd\"/>",
          at, TOP, at, HEIGHT - BOTTOM);
      line(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          at, HEIGHT - BOTTOM + 18, label(tick));
    }
    for (double tick : y.ticks()) {
      double at = y.place(tick);
      line(
          "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>",
          LEFT, at, WIDTH - RIGHT, at);
      line(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, at + 4, label(tick));
    }
    line(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 40, escaped(chart.x().label()));
    int middle = (TOP + HEIGHT - BOTTOM) / 2;
    line(
        "<text x=\"16\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 16 %d)\">%s</text>",
        middle, middle, escaped(chart.y().label()));
    for (int i = 0; i < chart.lines().size(); i++) {
      draw(chart.lines().get(i), COLOURS[i % COLOURS.length], HEIGHT + LEGEND_LINE * i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(Line series, String colour, int legend) {
    String points =
        series.points().stream()
            .map(p -> String.format(Locale.ROOT, "%.1f,%.1f", x.place(p.x()), y.place(p.y())))
            .collect(Collectors.joining(" "));
    line(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", points, colour);
    if (series.points().size() <= 20) {
      for (Point point : series.points()) {
        line(
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>",
            x.place(point.x()), y.place(point.y()), colour);
      }
    }
    line(
        "<rect x=\"%d\" y=\"%d\" width=\"18\" height=\"3\" fill=\"%s\"/>",
        LEFT, legend - 4, colour);
    line("<text x=\"%d\" y=\"%d\">%s</text>", LEFT + 26, legend, escaped(series.name()));
  }

  private static String label(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : Console.number(value);
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
