package dev.tidemark.cli.command;

import dev.tidemark.api.CatchUp;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark catch-up}. */
@Command(
    name = "catch-up",
    description = {
      "Bring the tree of a document up to date with its log.",
      "",
      "Only needed where operations were appended in deferred mode, as by import --catch-up"
          + " deferred. A long way is made in steps, each of which leaves a consistent tree, so the"
          + " command may be stopped at any moment and run again."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  tidemark catch-up --store sqlite:notes.db --document notes"})
final class CatchUpCommand extends Subcommand {
  @Mixin private DocumentOptions target = new DocumentOptions();

  CatchUpCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    try (Tidemark store = Stores.openToChange(target.store())) {
      Document document = Stores.require(store, target.document());
      CatchUp work = document.ensureMaterialized();
      List<String> lines = new ArrayList<>();
      lines.add(
          work.operations() == 0
              ? "The tree was up to date."
              : "Brought %s into the tree in %s."
                  .formatted(
                      Text.count(work.operations(), "operation"), Text.duration(work.nanos())));
      lines.addAll(WorkText.lines(work));
      tell(WorkText.addTo(new Report().with("document", document.id().value()), work), lines);
    }
    return ExitCode.OK;
  }
}
