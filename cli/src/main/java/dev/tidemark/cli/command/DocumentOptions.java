package dev.tidemark.cli.command;

import dev.tidemark.api.DocumentId;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which document of which store. */
final class DocumentOptions {
  @Mixin private StoreOption store = new StoreOption();

  @Option(
      names = "--document",
      required = true,
      paramLabel = "NAME",
      description = "The document in the store.")
  private String document = "";

  String store() {
    return store.uri();
  }

  DocumentId document() {
    return DocumentId.of(document);
  }
}
