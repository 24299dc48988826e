package dev.tidemark.cli.command;

import picocli.CommandLine.Option;

/** Which store. */
final class StoreOption {
  @Option(
      names = "--store",
      required = true,
      paramLabel = "URI",
      description = "The store, for example sqlite:notes.db.")
  private String uri = "";

  String uri() {
    return uri;
  }
}
