package dev.tidemark.benchmarks.harness;

import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.result.Bar;
import dev.tidemark.benchmarks.result.Chart;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One scenario while it is measured: the settings it works with, and what it found so far. */
public final class Run {
  /** Rounds do not count until so much time has passed, and at least one. */
  private static final long WARM_UP_NANOS = 2_000_000_000L;

  private final Settings settings;
  private final Stores stores;
  private final Consumer<Figure> listener;
  private final List<Figure> figures = new ArrayList<>();
  private final List<Chart> charts = new ArrayList<>();

  /**
   * Starts a scenario.
   *
   * @param settings the settings
   * @param stores makes stores
   * @param listener learns of each figure as soon as it is known
   */
  public Run(Settings settings, Stores stores, Consumer<Figure> listener) {
    this.settings = settings;
    this.stores = stores;
    this.listener = listener;
  }

  /**
   * Returns the settings.
   *
   * @return as of the command
   */
  public Settings settings() {
    return settings;
  }

  /**
   * Makes stores.
   *
   * @return the maker
   */
  public Stores stores() {
    return stores;
  }

  /**
   * Chooses by how much is measured.
   *
   * @param <T> what is chosen
   * @param smoke hardly anything
   * @param quick less
   * @param full all
   * @return one of them
   */
  public <T> T pick(T smoke, T quick, T full) {
    return switch (settings.profile()) {
      case SMOKE -> smoke;
      case QUICK -> quick;
      case FULL -> full;
    };
  }

  /**
   * Leaves a bar out where sizes are too small for it.
   *
   * @param bar the bar
   * @return the bar, or null
   */
  public @Nullable Bar unlessSmoke(Bar bar) {
    return settings.profile() == Profile.SMOKE ? null : bar;
  }

  /**
   * Measures the library and a baseline in turn, after a round of both that does not count.
   *
   * @param ours the library
   * @param baseline the baseline
   * @return the seconds of each round
   * @throws Exception if either fails
   */
  public Pairs inTurn(Measurement ours, Measurement baseline) throws Exception {
    return inTurn(settings.rounds(), ours, baseline);
  }

  /**
   * Measures the library and a baseline in turn, as {@link #inTurn(Measurement, Measurement)} does.
   *
   * @param rounds how many rounds count
   * @param ours the library
   * @param baseline the baseline
   * @return the seconds of each round
   * @throws Exception if either fails
   */
  public Pairs inTurn(int rounds, Measurement ours, Measurement baseline) throws Exception {
    if (settings.profile() != Profile.SMOKE) {
      long start = System.nanoTime();
      do {
        ours.seconds();
        baseline.seconds();
      } while (System.nanoTime() - start < WARM_UP_NANOS);
    }
    Pairs pairs = new Pairs(new double[rounds], new double[rounds]);
    for (int round = 0; round < rounds; round++) {
      pairs.ours()[round] = ours.seconds();
      pairs.baseline()[round] = baseline.seconds();
    }
    return pairs;
  }

  /**
   * Adds a figure.
   *
   * @param figure the figure
   */
  public void add(Figure figure) {
    figures.add(figure);
    listener.accept(figure);
  }

  /**
   * Adds a picture.
   *
   * @param chart the picture
   */
  public void add(Chart chart) {
    charts.add(chart);
  }

  /**
   * Returns the figures.
   *
   * @return those so far
   */
  public List<Figure> figures() {
    return List.copyOf(figures);
  }

  /**
   * Returns the pictures.
   *
   * @return those so far
   */
  public List<Chart> charts() {
    return List.copyOf(charts);
  }
}
