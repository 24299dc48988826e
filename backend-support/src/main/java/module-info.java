/**
 * What the author of a backend would otherwise write again: see {@link dev.tidemark.spi.support}.
 */
module dev.tidemark.spi.support {
  requires transitive dev.tidemark.api;
  requires static org.jspecify;

  exports dev.tidemark.spi.support;
}
