package dev.tidemark.cli.command;

import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Report;
import dev.tidemark.core.SchemaStep;
import dev.tidemark.core.Tidemark;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark schema}. */
@Command(
    name = "schema",
    description = {
      "Create or upgrade the schema of a store, or print its statements.",
      "",
      "Does nothing when the schema is up to date. With --print nothing is connected to: the"
          + " statements are printed for those who run them by themselves, for example under"
          + " another role."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark schema --store sqlite:notes.db",
      "  tidemark schema --store sqlite:notes.db --print",
      "  tidemark schema --store sqlite:notes.db --print --from 1"
    })
final class SchemaCommand extends Subcommand {
  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--print", description = "Print the statements instead of executing them.")
  private boolean print;

  @Option(
      names = "--from",
      paramLabel = "N",
      description =
          "With --print: the version that the store has, as the command prints it without --print"
              + " (default: 0, no schema).")
  private @Nullable Integer from;

  SchemaCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    Numbers.requireNotNegative("--from", from == null ? 0 : from);
    if (from != null && !print) {
      throw new CommandFailure(
          ExitCode.USAGE, "--from is of use with --print only", "Leave it out, or add --print");
    }
    SchemaStep schema = Tidemark.schema(store.uri());
    if (print) {
      print(schema, from == null ? 0 : from);
    } else {
      migrate(schema);
    }
    return ExitCode.OK;
  }

  private void print(SchemaStep schema, int version) {
    List<String> statements = schema.statements(version);
    tell(
        new Report()
            .with("version", schema.version())
            .with("from", version)
            .with("statements", statements),
        statements.stream().map(statement -> statement + ";").toList());
  }

  private void migrate(SchemaStep schema) {
    int found = schema.migrate();
    boolean isChanged = found != schema.version();
    String done =
        found == 0
            ? "The schema was created: version " + schema.version() + "."
            : isChanged
                ? "The schema was upgraded from version %d to %d."
                    .formatted(found, schema.version())
                : "The schema is up to date: version " + found + ".";
    tell(
        new Report()
            .with("version", schema.version())
            .with("found", found)
            .with("changed", isChanged),
        List.of(done));
  }
}
