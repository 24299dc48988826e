package dev.tidemark.cli.monitoring;

import dev.tidemark.cli.output.Text;
import java.util.Locale;

/** How the units of the dashboard are written, as Grafana does. */
final class Units {
  private Units() {}

  static String format(double value, String unit) {
    if (Double.isNaN(value)) {
      return "unknown";
    }
    return switch (unit) {
      case "s" -> seconds(value);
      case "percentunit" -> trim(100 * value) + "%";
      case "Bps" -> Text.size(Math.round(value)) + "/s";
      case "ops" -> trim(value) + " ops/s";
      case "cps" -> trim(value) + "/s";
      default -> trim(value);
    };
  }

  private static String seconds(double value) {
    if (value == 0) {
      return "0 s";
    }
    if (value < 1e-3) {
      return trim(value * 1e6) + " µs";
    }
    return value < 1 ? trim(value * 1e3) + " ms" : trim(value) + " s";
  }

  static String trim(double value) {
    if (value >= 10_000) {
      return trim(value / 1000) + " K";
    }
    String text = String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.3g", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
