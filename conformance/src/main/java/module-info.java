/**
 * The conformance kit of Tidemark: the reference model, the in-memory backend, and the tests that
 * every backend passes.
 */
module dev.tidemark.conformance {
  requires static org.jspecify;
  requires transitive dev.tidemark.api;
  requires transitive dev.tidemark.core;
  requires transitive java.sql;
  requires transitive org.junit.jupiter.api;
  requires java.management;
  requires jdk.management;
  requires org.assertj.core;
  requires org.junit.jupiter.params;
  requires org.junit.platform.commons;
  requires org.opentest4j;
  requires org.pcollections;

  exports dev.tidemark.conformance.history;
  exports dev.tidemark.conformance.kit;
  exports dev.tidemark.conformance.kit.chunk;
  exports dev.tidemark.conformance.kit.cost;
  exports dev.tidemark.conformance.kit.discovery;
  exports dev.tidemark.conformance.kit.limits;
  exports dev.tidemark.conformance.kit.replay;
  exports dev.tidemark.conformance.kit.report;
  exports dev.tidemark.conformance.kit.rule;
  exports dev.tidemark.conformance.kit.running;
  exports dev.tidemark.conformance.kit.storage;
  exports dev.tidemark.conformance.memory;
  exports dev.tidemark.conformance.model;

  // JUnit finds and runs the inherited tests by reflection.
  opens dev.tidemark.conformance.kit;
  opens dev.tidemark.conformance.kit.chunk;
  opens dev.tidemark.conformance.kit.cost;
  opens dev.tidemark.conformance.kit.discovery;
  opens dev.tidemark.conformance.kit.limits;
  opens dev.tidemark.conformance.kit.replay;
  opens dev.tidemark.conformance.kit.report;
  opens dev.tidemark.conformance.kit.running;
  opens dev.tidemark.conformance.kit.storage;

  provides dev.tidemark.spi.BackendProvider with
      dev.tidemark.conformance.memory.InMemoryBackendProvider;
}
