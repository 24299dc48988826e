package dev.tidemark.cli.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** The frame of a chart: where times and values are, and the lines at round values. */
final class Plot {
  static final int LEFT = 78;
  static final int BOTTOM = 20;
  private static final int TOP = 6;
  private static final int RIGHT = 8;

  private final int width;
  private final int height;
  private final double start;
  private final double end;
  private final double least;
  private final double most;
  private final boolean isLogarithmic;

  Plot(
      int width,
      int height,
      double start,
      double end,
      double least,
      double most,
      boolean isLogarithmic) {
    this.width = width;
    this.height = height;
    this.start = start;
    this.end = end;
    this.least = isLogarithmic ? Math.pow(10, Math.floor(Math.log10(least))) : least;
    this.most = isLogarithmic ? Math.pow(10, Math.ceil(Math.log10(most))) : most;
    this.isLogarithmic = isLogarithmic;
  }

  double x(double time) {
    return LEFT + (time - start) / (end - start) * (width - LEFT - RIGHT);
  }

  double y(double value) {
    double share =
        isLogarithmic
            ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
            : (value - least) / (most - least);
    return bottom() - share * (bottom() - TOP);
  }

  double bottom() {
    return height - BOTTOM;
  }

  /** Lines at round values, with what they say. */
  String grid(String unit) {
    StringBuilder svg = new StringBuilder();
    for (double value : isLogarithmic ? decades() : steps()) {
      line(svg, y(value), Units.format(value, unit));
    }
    times(svg);
    return svg.toString();
  }

  void times(StringBuilder svg) {
    double step = Math.max(10, Math.round((end - start) / 6 / 10) * 10.0);
    for (double time = start; time <= end; time += step) {
      int seconds = (int) Math.round(time - start);
      text(svg, x(time), height - 5, "middle", "%d:%02d".formatted(seconds / 60, seconds % 60));
    }
  }

  private void line(StringBuilder svg, double y, String label) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#e4e7eb'/>",
            LEFT,
            width - RIGHT,
            y,
            y));
    text(svg, LEFT - 6, y + 4, "end", label);
  }

  static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT, "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, text));
  }

  private List<Double> decades() {
    List<Double> values = new ArrayList<>();
    for (double value = least; value <= most * 1.01; value *= 10) {
      values.add(value);
    }
    return values;
  }

  private List<Double> steps() {
    double raw = (most - least) / 4;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power;
    for (double factor : new double[] {1, 2, 5, 10}) {
      step = factor * power;
      if (step >= raw) {
        break;
      }
    }
    List<Double> values = new ArrayList<>();
    for (double value = least; value <= most * 1.001; value += step) {
      values.add(value);
    }
    return values;
  }

  /** A line through the values, broken where one is not known, and filled so opaquely below. */
  String curve(SortedMap<Double, Double> values, String color, double opacity) {
    StringBuilder svg = new StringBuilder();
    List<double[]> run = new ArrayList<>();
    for (Map.Entry<Double, Double> entry : values.entrySet()) {
      if (Double.isFinite(entry.getValue())) {
        run.add(new double[] {x(entry.getKey()), y(entry.getValue())});
      } else {
        path(svg, run, color, opacity);
        run.clear();
      }
    }
    path(svg, run, color, opacity);
    return svg.toString();
  }

  private void path(StringBuilder svg, List<double[]> run, String color, double opacity) {
    if (run.isEmpty()) {
      return;
    }
    StringBuilder points = new StringBuilder();
    for (double[] point : run) {
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", point[0], point[1]));
    }
    if (opacity > 0) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<polygon points='%.1f,%.1f %s%.1f,%.1f' fill='%s' fill-opacity='%.2f'/>",
              run.get(0)[0],
              bottom(),
              points,
              run.get(run.size() - 1)[0],
              bottom(),
              color,
              opacity));
    }
    svg.append(
        "<polyline points='%s' fill='none' stroke='%s' stroke-width='1.6'/>"
            .formatted(points, color));
  }

  /** A rectangle between two times and two values. */
  String box(double from, double to, double low, double high, String color) {
    return String.format(
        Locale.ROOT,
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>",
        x(from),
        y(high),
        Math.max(0.5, x(to) - x(from) - 0.5),
        Math.max(0.5, y(low) - y(high)),
        color);
  }
}
