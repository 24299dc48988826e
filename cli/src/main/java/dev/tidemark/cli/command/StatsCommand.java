package dev.tidemark.cli.command;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.cli.job.LogSummary;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Table;
import dev.tidemark.cli.output.Terminal;
import dev.tidemark.cli.output.Text;
import dev.tidemark.cli.watch.MetricsSource;
import dev.tidemark.cli.watch.StatsWatch;
import dev.tidemark.core.Document;
import dev.tidemark.core.DocumentStatus;
import dev.tidemark.core.ReadMode;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeHash;
import dev.tidemark.core.TreeSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark stats}. */
@Command(
    name = "stats",
    description = {
      "Print what a store holds, or count what is in one document.",
      "",
      "Without --document, all documents are listed, which is quick. With it, the log and the tree"
          + " of that document are read once.",
      "",
      "With --watch the figures are shown again and again, in a form that is quick to read also of"
          + " large documents. What only the process that writes knows, such as latencies and"
          + " errors, is shown when it runs with --metrics-port and is named with --metrics."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark stats --store sqlite:notes.db",
      "  tidemark stats --store sqlite:notes.db --document notes --json",
      "  tidemark stats --store sqlite:notes.db --watch --interval 5s",
      "  tidemark stats --store sqlite:notes.db --watch --metrics http://127.0.0.1:9464/metrics"
    })
final class StatsCommand extends Subcommand {
  private static final int PAGE = 1000;

  @Mixin private StoreOption store = new StoreOption();

  @Option(
      names = "--document",
      paramLabel = "NAME",
      description = "One document (default: a list of all).")
  private @Nullable String name;

  @Mixin private WatchOptions watching = new WatchOptions();

  StatsCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    boolean isWatched = watching.isOn();
    MetricsSource writer = watching.writer();
    try (Tidemark opened = Stores.openToRead(store.uri())) {
      DocumentId document = name == null ? null : Stores.require(opened, DocumentId.of(name)).id();
      if (isWatched) {
        watch(new StatsWatch(opened, document, writer));
      } else if (document == null) {
        tellStore(opened);
      } else {
        tellDocument(opened.document(document));
      }
    }
    return ExitCode.OK;
  }

  /** A store that is busy, or a server that restarts, is there again at another look. */
  private StatsWatch.Round look(StatsWatch watch) {
    while (true) {
      try {
        return watch.look();
      } catch (TidemarkException e) {
        if (!e.isRetryable()) {
          throw e;
        }
        note("the store cannot be read just now, trying again: " + e.code().message());
        LockSupport.parkNanos(watching.interval().toNanos());
      }
    }
  }

  private void watch(StatsWatch watch) {
    for (int round = 1; ; round++) {
      StatsWatch.Round look = look(watch);
      if (isJson()) {
        tell(look.report(), List.of());
      } else {
        String start = Terminal.startOfScreen();
        if (round > 1 || !start.isEmpty()) {
          output().line(start);
        }
        look.lines().forEach(output()::line);
        output().flush();
      }
      if (round == watching.rounds()) {
        return;
      }
      LockSupport.parkNanos(watching.interval().toNanos());
    }
  }

  private void tellStore(Tidemark opened) {
    List<Report> documents = new ArrayList<>();
    Table table = new Table().row("document", "operations", "version", "pending");
    DocumentId last = null;
    List<DocumentId> page;
    do {
      page = opened.documents(last, PAGE);
      for (DocumentId id : page) {
        DocumentStatus status = opened.document(id).status();
        long pending = status.frontier().map(ReplayFrontier::pending).orElse(0L);
        table.row(
            id.value(),
            Text.count(status.operations()),
            Text.count(status.version()),
            Text.count(pending));
        documents.add(
            new Report()
                .with("document", id.value())
                .with("operations", status.operations())
                .with("version", status.version())
                .with("pending", pending));
        last = id;
      }
    } while (page.size() == PAGE);
    OptionalLong size = Stores.fileSize(store.uri());
    List<String> lines = new ArrayList<>(table.lines());
    size.ifPresent(bytes -> lines.add("The file has " + Text.size(bytes) + "."));
    tell(
        new Report()
            .with("store", opened.toString())
            .with("fileBytes", size.isPresent() ? size.getAsLong() : null)
            .with("documents", documents),
        lines);
  }

  private void tellDocument(Document document) {
    DocumentStatus status = document.status();
    LogSummary log = LogSummary.of(document);
    TreeHash tree;
    try (TreeSnapshot snapshot = document.snapshot(ReadMode.AS_IS)) {
      tree = snapshot.hash();
    }
    long pending = status.frontier().map(ReplayFrontier::pending).orElse(0L);
    String head = status.head().map(String::valueOf).orElse("none");
    Report report =
        new Report()
            .with("document", document.id().value())
            .with("version", status.version())
            .with("operations", log.operations())
            .with("inserts", log.inserts())
            .with("moves", log.moves())
            .with("payloads", log.payloads())
            .with("deletes", log.deletes())
            .with("late", log.late())
            .with("replicas", log.replicas())
            .with("payloadBytes", log.payloadBytes())
            .with("head", head)
            .with("pending", pending)
            .with("visibleNodes", tree.visibleNodes())
            .with("visibleNodesWithPayload", tree.payloadNodes())
            .with("visiblePayloadBytes", tree.payloadBytes())
            .with("maxDepth", tree.maxDepth())
            .with("treeHash", tree.hex());
    List<String> counts =
        new Table()
            .row("operations", Text.count(log.operations()))
            .row("  inserts", Text.count(log.inserts()))
            .row("  moves", Text.count(log.moves()))
            .row("  payload writes", Text.count(log.payloads()))
            .row("  deletes", Text.count(log.deletes()))
            .row("  late on arrival", Text.count(log.late()))
            .row("versions", Text.count(status.version()))
            .row("authors", Text.count(log.replicas()))
            .row("payloads in the log", Text.size(log.payloadBytes()))
            .row("not in the tree yet", Text.count(pending))
            .row("visible nodes", Text.count(tree.visibleNodes()))
            .row("  with a payload", Text.count(tree.payloadNodes()))
            .row("  payloads", Text.size(tree.payloadBytes()))
            .row("  greatest depth", Text.count(tree.maxDepth()))
            .lines();
    List<String> lines = new ArrayList<>(counts);
    lines.add("head       " + head);
    lines.add("tree hash  " + tree.hex());
    tell(report, lines);
  }
}
