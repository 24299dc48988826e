/**
 * The engine: opening stores, documents, appends with catch-up, the chunk stream. Backends are
 * found as services; this module depends on none of them.
 */
module dev.tidemark.core {
  requires com.github.luben.zstd_jni;
  requires com.google.common;
  requires static org.jspecify;
  requires transitive dev.tidemark.api;

  exports dev.tidemark.core;

  uses dev.tidemark.spi.BackendProvider;
}
