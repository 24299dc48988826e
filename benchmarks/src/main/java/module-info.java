/** The benchmarks. Backends are found by the engine, at run time. */
@SuppressWarnings("requires-automatic") // JMH has no module descriptor
module dev.tidemark.benchmarks {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires dev.tidemark.api;
  requires dev.tidemark.core;
  requires info.picocli;
  requires java.management;
  requires java.sql;
  requires jdk.management;
  requires jmh.core;
  requires static org.jspecify;

  opens dev.tidemark.benchmarks to
      info.picocli;
  opens dev.tidemark.benchmarks.result to
      com.fasterxml.jackson.databind;
}
