package dev.tidemark.cli.command;

import dev.tidemark.api.CatchUp;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark rebuild}. */
@Command(
    name = "rebuild",
    description = {
      "Make the tree of a document and its indexes again from its log.",
      "",
      "Readers see the old tree until it is done, and so does everybody after a crash. The log and"
          + " the payloads stay as they are. To look for damage first, run tidemark verify"
          + " --repair."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  tidemark rebuild --store sqlite:notes.db --document notes"})
final class RebuildCommand extends Subcommand {
  @Mixin private DocumentOptions target = new DocumentOptions();

  RebuildCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    try (Tidemark store = Stores.openToChange(target.store())) {
      Document document = Stores.require(store, target.document());
      CatchUp work = Rebuilding.run(document, this::progress);
      tell(
          WorkText.addTo(new Report().with("document", document.id().value()), work),
          List.of(
              "Made the tree of document %s again from %s in %s."
                  .formatted(
                      document.id(),
                      Text.count(work.operations(), "operation"),
                      Text.duration(work.nanos()))));
    }
    return ExitCode.OK;
  }
}
