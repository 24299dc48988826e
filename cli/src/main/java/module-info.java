/** The {@code tidemark} command. Backends are found by the engine, at run time. */
module dev.tidemark.cli {
  requires com.fasterxml.jackson.core;
  requires dev.tidemark.api;
  requires dev.tidemark.core;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires static org.jspecify;

  opens dev.tidemark.cli to
      info.picocli;
  opens dev.tidemark.cli.command to
      info.picocli;
}
