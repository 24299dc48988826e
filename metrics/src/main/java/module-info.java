/** What stores tell of their work, as meters of Micrometer. */
@SuppressWarnings("requires-transitive-automatic") // Micrometer has no module descriptor yet.
module dev.tidemark.metrics {
  requires static org.jspecify;
  requires transitive dev.tidemark.api;
  requires transitive micrometer.core;

  exports dev.tidemark.metrics;
}
