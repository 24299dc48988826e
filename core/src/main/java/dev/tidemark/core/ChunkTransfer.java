package dev.tidemark.core;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.core.internal.chunk.ApplyOutcome;
import dev.tidemark.core.internal.chunk.ChunkApplier;
import dev.tidemark.core.internal.chunk.ChunkIntake;
import dev.tidemark.core.internal.chunk.ChunkReader;
import dev.tidemark.core.internal.chunk.DecodedChunk;
import dev.tidemark.core.internal.chunk.DocumentUnits;
import dev.tidemark.core.internal.chunk.Leftovers;
import dev.tidemark.core.internal.chunk.PullProgress;
import dev.tidemark.core.internal.chunk.PullStep;
import dev.tidemark.core.internal.transaction.UnitOfWork;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends and receives the chunks of one document. */
final class ChunkTransfer implements PullTarget {
  private final DocumentId document;
  private final StoreContext context;

  ChunkTransfer(DocumentId document, StoreContext context) {
    this.document = document;
    this.context = context;
  }

  @Override
  public DocumentId id() {
    return document;
  }

  ChunkResult read(ChunkCursor cursor) {
    long start = System.nanoTime();
    ChunkResult result =
        context.units().read(document, transaction -> new ChunkReader().read(transaction, cursor));
    int bytes = result.chunk().map(chunk -> chunk.size()).orElse(0);
    int operations = result.chunk().map(chunk -> chunk.header().operations()).orElse(0);
    context.telemetry().chunkRead(bytes, operations, System.nanoTime() - start);
    return result;
  }

  ApplyResult apply(DecodedChunk chunk, int bytes, @Nullable String peer) {
    return apply(chunk, bytes, new PullStep(peer, null));
  }

  @Override
  public ApplyResult apply(DecodedChunk chunk, int bytes, String peer, ChunkCursor asked) {
    return apply(chunk, bytes, new PullStep(peer, asked));
  }

  private ApplyResult apply(DecodedChunk chunk, int bytes, PullStep step) {
    long start = System.nanoTime();
    ChunkApplier applier =
        new ChunkApplier(
            context.appender()::append, context.appender()::requireAcceptable, Clock.systemUTC());
    ChunkIntake intake = new ChunkIntake(applier, context.telemetry());
    DocumentUnits units = new ConfirmedUnits(chunk, step.peer());
    ApplyResult result =
        context
            .publisher()
            .publish(
                document,
                () -> intake.apply(units, chunk, step, context.policy()),
                done -> List.of(done.append().changes()));
    context.telemetry().chunkApplied(bytes, chunk.header().operations(), System.nanoTime() - start);
    AppendReports.report(context, result.append(), start);
    return result;
  }

  @Override
  public Optional<SyncProgress> progress(String peer) {
    return context.units().read(document, transaction -> transaction.progress(peer));
  }

  @Override
  public void store(SyncProgress progress, ChunkCursor asked) {
    context
        .units()
        .write(
            document,
            transaction -> {
              PullProgress.pass(transaction, asked, progress);
              return progress;
            });
  }

  int removeLeftovers(Instant touchedBefore) {
    DocumentUnits units = units();
    int removed = Leftovers.removeStale(units, millis(touchedBefore), ChunkIntake.PIECES_AT_ONCE);
    if (removed > 0) {
      context.telemetry().stagedChanged(-removed);
    }
    return removed;
  }

  /** The nearest number that there is: no fragment comes beyond either end. */
  private static long millis(Instant time) {
    try {
      return time.toEpochMilli();
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private DocumentUnits units() {
    return new DocumentUnits() {
      @Override
      public <T> T write(Function<WriteTransaction, T> work) {
        return context.units().write(document, work::apply);
      }

      @Override
      public <T> T read(Function<ReadTransaction, T> work) {
        return context.units().read(document, work);
      }
    };
  }

  /** Runs the units that apply a chunk, and recognizes a run whose commit was not answered. */
  private final class ConfirmedUnits implements DocumentUnits {
    private final DecodedChunk chunk;
    private final @Nullable String peer;

    /** The progress that the last run left: another writer's run would have left another's. */
    private Optional<SyncProgress> progress = Optional.empty();

    ConfirmedUnits(DecodedChunk chunk, @Nullable String peer) {
      this.chunk = chunk;
      this.peer = peer;
    }

    @Override
    public <T> T write(Function<WriteTransaction, T> work) {
      return context
          .units()
          .write(
              document,
              new UnitOfWork<T>() {
                @Override
                public T run(WriteTransaction transaction) {
                  T result = work.apply(transaction);
                  progress = progressIn(transaction);
                  return result;
                }

                @Override
                public boolean wasCommitted(ReadTransaction transaction, T result) {
                  return result instanceof ApplyOutcome.Applied applied
                      && isLogged(transaction, applied.result().append())
                      && progress.equals(progressIn(transaction));
                }
              });
    }

    @Override
    public <T> T read(Function<ReadTransaction, T> work) {
      return context.units().read(document, work);
    }

    private Optional<SyncProgress> progressIn(ReadTransaction transaction) {
      return peer == null ? Optional.empty() : transaction.progress(peer);
    }

    private boolean isLogged(ReadTransaction transaction, AppendResult append) {
      DecodedChunk.Content content = chunk.content();
      List<Operation> operations =
          content == null ? chunk.operations() : List.of(content.operation());
      return context.appender().wasCommitted(transaction, append, operations);
    }
  }
}
