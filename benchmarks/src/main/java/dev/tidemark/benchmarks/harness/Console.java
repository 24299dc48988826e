package dev.tidemark.benchmarks.harness;

import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Spread;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints figures as they come. */
public final class Console {
  private final PrintWriter out;

  /**
   * Prints to a writer.
   *
   * @param out the writer
   */
  public Console(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints a line.
   *
   * @param text the line
   */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /**
   * Prints a figure.
   *
   * @param figure the figure
   */
  public void figure(Figure figure) {
    line(
        String.format(
            Locale.ROOT,
            "  %-64s %26s %s",
            figure.name(),
            spread(figure.measured(), figure.unit()),
            comparison(figure)));
  }

  private static String comparison(Figure figure) {
    Spread baseline = figure.baseline();
    StringBuilder text = new StringBuilder();
    if (baseline != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s %s | ratio %s ",
              figure.baselineName(),
              number(baseline.median()),
              spread(figure.ratio(), "")));
    }
    if (figure.bar() != null) {
      text.append("| bar ").append(figure.bar()).append(' ').append(figure.verdict());
    }
    return text.toString();
  }

  private static String spread(@Nullable Spread spread, String unit) {
    if (spread == null) {
      return "";
    }
    String range =
        spread.rounds() == 1
            ? ""
            : " (" + number(spread.low()) + ".." + number(spread.high()) + ")";
    return number(spread.median()) + (unit.isEmpty() ? "" : " " + unit) + range;
  }

  /**
   * Writes a number with three digits that count.
   *
   * @param value the number
   * @return its text
   */
  public static String number(double value) {
    double size = Math.abs(value);
    String format =
        size >= 100
            ? "%,.0f"
            : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : size >= 0.1 ? "%.3f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }
}
