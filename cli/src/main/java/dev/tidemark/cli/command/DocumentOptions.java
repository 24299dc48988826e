package dev.tidemark.cli.command;

import dev.tidemark.api.DocumentId;
import picocli.CommandLine.Option;

/** Which document of which store. */
final class DocumentOptions {
  @Option(
      names = "--store",
      required = true,
      paramLabel = "URI",
      description = "The store, for example sqlite:notes.db.")
  private String store = "";

  @Option(
      names = "--document",
      required = true,
      paramLabel = "NAME",
      description = "The document in the store.")
  private String document = "";

  String store() {
    return store;
  }

  DocumentId document() {
    return DocumentId.of(document);
  }
}
