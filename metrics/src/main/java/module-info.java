/** What stores tell of their work, as meters of Micrometer. */
// Micrometer has no module descriptor yet.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module dev.tidemark.metrics {
  requires static org.jspecify;
  requires transitive dev.tidemark.api;
  requires transitive micrometer.core;

  exports dev.tidemark.metrics;
}
