package dev.tidemark.cli.command;

import dev.tidemark.api.TidemarkException;
import dev.tidemark.cli.job.ExpectedState;
import dev.tidemark.cli.job.ExpectedState.Comparison;
import dev.tidemark.cli.job.InputFiles;
import dev.tidemark.cli.job.LogSummary;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.core.Document;
import dev.tidemark.core.ReadMode;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeHash;
import dev.tidemark.core.TreeSnapshot;
import dev.tidemark.core.VerificationReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark verify}. */
@Command(
    name = "verify",
    description = {
      "Check that the stored tree is the one that the log describes.",
      "",
      "The log is folded afresh and compared with the stored tree, node by node. With --expect, the"
          + " tree hash and the counts are also compared with a file. Differences are listed, and"
          + " the command ends with 1.",
      "",
      "With --repair, a tree that differs is made again from the log, and compared once more; the"
          + " command ends with 0 when nothing differs then. Bytes of payloads that are missing"
          + " cannot be made again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark verify --store sqlite:notes.db --document notes",
      "  tidemark verify --store sqlite:notes.db --document notes --repair",
      "  tidemark verify --store sqlite:history.db --document history"
          + " --expect history.expected.json"
    })
final class VerifyCommand extends Subcommand {
  @Mixin private DocumentOptions source = new DocumentOptions();

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description = "Expected values: a JSON object as it comes with a trace.")
  private @Nullable Path expect;

  @Option(names = "--repair", description = "Make the tree again from the log if it differs.")
  private boolean repair;

  VerifyCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    ExpectedState expected = expect == null ? null : read(expect);
    try (Tidemark store =
        repair ? Stores.openToChange(source.store()) : Stores.openToRead(source.store())) {
      Document document = Stores.require(store, source.document());
      Checked checked = check(document);
      VerificationReport fold = checked.fold();
      TreeHash tree;
      try (TreeSnapshot snapshot = document.snapshot(ReadMode.AS_IS)) {
        tree = snapshot.hash();
        snapshot.frontier().ifPresent(frontier -> note(VerifyReport.pending(frontier)));
      }
      List<Comparison> comparisons =
          expected == null ? List.of() : expected.compare(LogSummary.of(document), fold, tree);
      VerifyReport report =
          new VerifyReport(document.id(), checked.repair(), fold, tree, comparisons);
      tell(report.toReport(), report.toLines());
      return report.isVerified() ? ExitCode.OK : ExitCode.DIFFERENT;
    }
  }

  /** What was found in the end, and what was done before. */
  private record Checked(VerificationReport fold, Optional<Repair> repair) {}

  private Checked check(Document document) {
    Repair.Damage damage;
    try {
      VerificationReport fold = verify(document);
      if (!repair || !Repair.isOfUse(fold)) {
        return new Checked(fold, Optional.empty());
      }
      damage = Repair.Damage.of(fold);
    } catch (TidemarkException e) {
      if (!repair || !Repair.isOfUse(e)) {
        throw e;
      }
      damage = Repair.Damage.of(e);
    }
    Repair done = new Repair(damage, Rebuilding.run(document, this::progress));
    return new Checked(verify(document), Optional.of(done));
  }

  private VerificationReport verify(Document document) {
    try (Progress progress = progress("Folding", document.status().operations())) {
      return document.verify((done, total) -> progress.stepTo(done));
    }
  }

  private static ExpectedState read(Path path) {
    try (InputStream input = InputFiles.open(path, "a file of expected values")) {
      return ExpectedState.read(path.toString(), input);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          path + ": it cannot be read: " + InputFiles.reason(e),
          "Check the file and its medium");
    }
  }
}
