/**
 * The values, results and errors of Tidemark ({@code dev.tidemark.api}) and what a storage backend
 * implements ({@code dev.tidemark.spi}). Nothing but annotations is required.
 */
module dev.tidemark.api {
  requires static transitive org.jspecify;

  exports dev.tidemark.api;
  exports dev.tidemark.spi;
}
