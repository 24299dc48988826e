package dev.tidemark.cli.command;

import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;

/** {@code tidemark}: the command above all others, which does nothing by itself. */
@Command(
    name = "tidemark",
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Replicated tree documents: import real histories, replicate, inspect and verify stores.",
      "",
      "A store is named by a URI: sqlite:notes.db is the SQLite file notes.db. A store holds many"
          + " documents."
    },
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark demo",
      "  tidemark import history.jsonl.gz --store sqlite:history.db --document history",
      "  tidemark replicate --from sqlite:history.db --to sqlite:copy.db --document history",
      "  tidemark verify --store sqlite:copy.db --document history",
      "  tidemark help import"
    })
public final class TidemarkCommand {
  private static final int WIDTH = 100;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  private TidemarkCommand() {}

  boolean isHelp() {
    return help || version;
  }

  /**
   * Makes the whole command line.
   *
   * @param console where the commands speak
   * @return to be executed once
   */
  public static CommandLine create(Console console) {
    CommandLine line = new CommandLine(new TidemarkCommand());
    line.addSubcommand(new DemoCommand(console))
        .addSubcommand(new ImportCommand(console))
        .addSubcommand(new ReplicateCommand(console))
        .addSubcommand(new VerifyCommand(console))
        .addSubcommand(new RebuildCommand(console))
        .addSubcommand(new CatchUpCommand(console))
        .addSubcommand(new WatchCommand(console))
        .addSubcommand(new TreeCommand(console))
        .addSubcommand(new LogCommand(console))
        .addSubcommand(new StatsCommand(console))
        .addSubcommand(new ExportCommand(console))
        .addSubcommand(new ChunksCommand(console))
        .addSubcommand(new ApplyCommand(console))
        .addSubcommand(new ChunkCommand(console))
        .addSubcommand(new SchemaCommand(console))
        .addSubcommand(new HelpCommand());
    line.getCommandSpec().usageMessage().exitCodeList(exitCodes());
    line.setOut(
        new PrintWriter(
            new OutputStreamWriter(console.output().bytes(), StandardCharsets.UTF_8), true));
    line.setUsageHelpWidth(WIDTH);
    line.getSubcommands().values().forEach(TidemarkCommand::separate);
    separate(line);
    return line;
  }

  private static void separate(CommandLine command) {
    command.getCommandSpec().usageMessage().parameterListHeading("%n").optionListHeading("%n");
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    Arrays.stream(ExitCode.values())
        .forEach(code -> codes.put(" " + code.number(), code.meaning()));
    return codes;
  }
}
