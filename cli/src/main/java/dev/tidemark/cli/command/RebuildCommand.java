package dev.tidemark.cli.command;

import dev.tidemark.api.CatchUp;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.OpenMode;
import java.util.ArrayList;
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

  @Mixin private MetricsOptions metricsOptions = new MetricsOptions();

  RebuildCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    try (MetricsOptions.Session metrics = metricsOptions.start(this::announce);
        Tidemark store = Stores.open(target.store(), OpenMode.WRITE, metrics, "target")) {
      Document document = Stores.require(store, target.document());
      long counted = document.status().operations();
      CatchUp work = Rebuilding.run(document, this::progress);
      long lost = Math.max(0, counted - work.operations());
      List<String> lines = new ArrayList<>();
      lines.add(
          "Made the tree of document %s again from %s in %s."
              .formatted(
                  document.id(),
                  Text.count(work.operations(), "operation"),
                  Text.duration(work.nanos())));
      if (lost > 0) {
        lines.add("The document counted " + Text.count(lost, "operation") + " more before.");
        lines.add(Repair.LOG_REMEDY);
      }
      Report report = new Report().with("document", document.id().value());
      tell(WorkText.addTo(report, work).with("lostOperations", lost), lines);
      return lost == 0 ? ExitCode.OK : ExitCode.DIFFERENT;
    }
  }
}
