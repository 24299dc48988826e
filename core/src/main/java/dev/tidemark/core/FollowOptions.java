package dev.tidemark.core;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.time.Duration;

/**
 * Settings of a {@link TreeFollower}.
 *
 * @param interval how often {@link TreeFollower#await} looks where the backend does not tell of
 *     commits, from 1 ms to 1 day
 * @param mostOperations the most operations that one update compares, from 1. They are compared in
 *     memory, in the order of 1 kB each; where more have come since the last look, the update is a
 *     {@link TreeUpdate.Resync}
 */
public record FollowOptions(Duration interval, int mostOperations) {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** The old snapshot is held so long, and nanoseconds of it fit a number. */
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Looks every 200 ms, and compares up to 100,000 operations. */
  public static final FollowOptions DEFAULT = new FollowOptions(Duration.ofMillis(200), 100_000);

  /** Checks the ranges. */
  public FollowOptions {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw invalid("interval", interval + ", must be from 1 ms to 1 day");
    }
    if (mostOperations < 1) {
      throw invalid("most operations", mostOperations + ", must be at least 1");
    }
  }

  private static TidemarkException invalid(String argument, String problem) {
    return TidemarkException.of(ErrorCode.INVALID_ARGUMENT)
        .with(Detail.ARGUMENT, argument)
        .with(Detail.PROBLEM, problem)
        .build();
  }

  /**
   * Returns these settings with another interval.
   *
   * @param value the interval, from 1 ms to 1 day
   * @return the settings
   */
  public FollowOptions withInterval(Duration value) {
    return new FollowOptions(value, mostOperations);
  }

  /**
   * Returns these settings with another limit.
   *
   * @param value the most operations that one update compares, from 1
   * @return the settings
   */
  public FollowOptions withMostOperations(int value) {
    return new FollowOptions(interval, value);
  }
}
