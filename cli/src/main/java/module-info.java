/** The {@code tidemark} command. Backends are found by the engine, at run time. */
@SuppressWarnings("requires-automatic") // Micrometer has no module descriptor yet.
module dev.tidemark.cli {
  requires com.fasterxml.jackson.core;
  requires dev.tidemark.api;
  requires dev.tidemark.core;
  requires dev.tidemark.metrics;
  requires info.picocli;
  requires java.net.http;
  requires jdk.httpserver;
  requires me.tongfei.progressbar;
  requires micrometer.registry.prometheus;
  requires static org.jspecify;

  opens dev.tidemark.cli to
      info.picocli;
  opens dev.tidemark.cli.command to
      info.picocli;
}
