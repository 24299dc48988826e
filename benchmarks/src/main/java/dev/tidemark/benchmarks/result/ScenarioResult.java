package dev.tidemark.benchmarks.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one scenario measured.
 *
 * @param name its name on the command line
 * @param title what it is about
 * @param profile how much of it was run
 * @param machine where
 * @param finished when, as text
 * @param seconds how long all of it took
 * @param figures the figures, in their order
 * @param charts pictures of them
 * @param problem why it could not be measured, or null
 */
public record ScenarioResult(
    String name,
    String title,
    String profile,
    Machine machine,
    String finished,
    double seconds,
    List<Figure> figures,
    List<Chart> charts,
    @Nullable String problem) {}
