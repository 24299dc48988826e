package dev.tidemark.benchmarks.harness;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all scenarios of one command.
 *
 * @param profile how much to measure
 * @param rounds how many rounds are counted
 * @param directory where stores are made
 * @param postgres the URI of a PostgreSQL database that may be written, or null
 * @param traces further stores whose chunks are weighed
 */
public record Settings(
    Profile profile, int rounds, Path directory, @Nullable String postgres, List<Path> traces) {}
