package dev.tidemark.metrics;

import java.util.List;

/**
 * Every meter: its name, kind, base unit, tags and meaning. docs/metrics.md is generated from this
 * list. All have the tag {@link TidemarkTag#STORE}.
 */
public enum TidemarkMetric {
  /** Calls of the chunk stream. */
  CHUNK_READ(
      "tidemark.chunk.read",
      Kind.TIMER,
      "seconds",
      "How long a call of the chunk stream took.",
      TidemarkTag.RESULT),
  /** Sizes of chunks that were read. */
  CHUNK_READ_SIZE(
      "tidemark.chunk.read.size", Kind.SUMMARY, "bytes", "The encoded size of a chunk read."),
  /** Operations in chunks that were read. */
  CHUNK_READ_OPERATIONS(
      "tidemark.chunk.read.operations",
      Kind.SUMMARY,
      "operations",
      "The complete operations in a chunk read; a fragment has none."),
  /** Chunks that were applied. */
  CHUNK_APPLY(
      "tidemark.chunk.apply",
      Kind.TIMER,
      "seconds",
      "How long applying a chunk took, with its catch-up and commit."),
  /** Sizes of chunks that were applied. */
  CHUNK_APPLY_SIZE(
      "tidemark.chunk.apply.size", Kind.SUMMARY, "bytes", "The encoded size of a chunk applied."),
  /** Operations in chunks that were applied. */
  CHUNK_APPLY_OPERATIONS(
      "tidemark.chunk.apply.operations",
      Kind.SUMMARY,
      "operations",
      "The complete operations in a chunk applied, known or new."),
  /** Appends that were committed. */
  APPEND(
      "tidemark.append",
      Kind.TIMER,
      "seconds",
      "How long a committed append took, local, foreign or of a chunk, with its catch-up."),
  /** New operations per append. */
  APPEND_OPERATIONS(
      "tidemark.append.operations",
      Kind.SUMMARY,
      "operations",
      "The operations that were new in an append."),
  /** Late operations. */
  APPEND_LATE(
      "tidemark.append.late",
      Kind.COUNTER,
      "operations",
      "New operations that were below the document's head."),
  /** Catch-ups. */
  CATCHUP(
      "tidemark.catchup",
      Kind.TIMER,
      "seconds",
      "How long bringing a tree up to date took, without the commit.",
      TidemarkTag.PATH),
  /** Operations per catch-up. */
  CATCHUP_OPERATIONS(
      "tidemark.catchup.operations",
      Kind.SUMMARY,
      "operations",
      "The operations that a catch-up brought into the tree.",
      TidemarkTag.PATH),
  /** Operations that catch-ups looked at again. */
  CATCHUP_VISITED(
      "tidemark.catchup.visited",
      Kind.SUMMARY,
      "operations",
      "The operations, logged before, that a catch-up looked at again.",
      TidemarkTag.PATH),
  /** Rows that catch-ups wrote. */
  CATCHUP_WRITTEN(
      "tidemark.catchup.written",
      Kind.SUMMARY,
      "rows",
      "The rows of the tree and its indexes that a catch-up wrote.",
      TidemarkTag.PATH),
  /** Operations behind a frontier. */
  PENDING(
      "tidemark.pending",
      Kind.GAUGE,
      "operations",
      "Logged operations that are not in their trees yet, as far as is known."),
  /** Documents with a frontier. */
  BEHIND(
      "tidemark.behind",
      Kind.GAUGE,
      "documents",
      "Documents with pending operations, as far as is known."),
  /** How long the oldest frontier stands. */
  FRONTIER_AGE(
      "tidemark.frontier.age",
      Kind.TIME_GAUGE,
      "seconds",
      "For how long the oldest frontier is known to stand; 0 while no document is behind."),
  /** Payloads that wait for fragments. */
  STAGED(
      "tidemark.staged",
      Kind.GAUGE,
      "payloads",
      "Payloads that wait for the rest of their fragments, as far as is known."),
  /** Open stores. */
  OPEN("tidemark.open", Kind.GAUGE, "stores", "Stores that are open."),
  /** Retries. */
  RETRIES(
      "tidemark.retries",
      Kind.COUNTER,
      "retries",
      "Units of work that were tried again.",
      TidemarkTag.CAUSE),
  /** Errors. */
  ERRORS(
      "tidemark.errors", Kind.COUNTER, "errors", "Calls that failed for good.", TidemarkTag.CODE);

  private final String meterName;
  private final Kind kind;
  private final String unit;
  private final String description;
  private final List<TidemarkTag> tags;

  /** The kinds of meters. */
  public enum Kind {
    /** Durations, with buckets from 0.1 ms to 10 s. */
    TIMER,
    /** Amounts, with buckets. */
    SUMMARY,
    /** A number that only grows. */
    COUNTER,
    /** A number as it is now; NaN while it is not known. */
    GAUGE,
    /** A time as it is now; NaN while it is not known. */
    TIME_GAUGE
  }

  TidemarkMetric(String name, Kind kind, String unit, String description, TidemarkTag... tags) {
    this.meterName = name;
    this.kind = kind;
    this.unit = unit;
    this.description = description;
    this.tags = List.of(tags);
  }

  /**
   * Returns the name in Micrometer; registries write it in their own way.
   *
   * @return words between dots
   */
  public String meterName() {
    return meterName;
  }

  /**
   * Returns the kind.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the base unit.
   *
   * @return a plural
   */
  public String unit() {
    return unit;
  }

  /**
   * Returns what it means.
   *
   * @return a sentence
   */
  public String description() {
    return description;
  }

  /**
   * Returns the keys of its tags, beside {@link TidemarkTag#STORE}.
   *
   * @return at most one
   */
  public List<TidemarkTag> tags() {
    return tags;
  }
}
