package dev.tidemark.benchmarks.result;

import java.util.List;

/**
 * A picture of figures that depend on something.
 *
 * @param name its file, without the suffix
 * @param title what it shows
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param lines what is drawn
 */
public record Chart(String name, String title, Axis x, Axis y, List<Line> lines) {
  /**
   * One axis.
   *
   * @param label what it counts, with the unit
   * @param isLogarithmic whether equal steps are equal factors
   */
  public record Axis(String label, boolean isLogarithmic) {}

  /**
   * One line.
   *
   * @param name what it belongs to
   * @param points from left to right
   */
  public record Line(String name, List<Point> points) {}

  /**
   * One point.
   *
   * @param x its horizontal value
   * @param y its vertical value
   */
  public record Point(double x, double y) {}
}
