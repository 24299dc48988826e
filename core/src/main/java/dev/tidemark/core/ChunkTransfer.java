package dev.tidemark.core;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.chunk.ApplyOutcome;
import dev.tidemark.core.internal.chunk.ChunkApplier;
import dev.tidemark.core.internal.chunk.ChunkDecoder;
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
import java.util.concurrent.atomic.AtomicBoolean;
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
  public ChunkCursor cursor(ChunkRequest request) {
    try {
      return request.cursorOf(document);
    } catch (TidemarkException e) {
      throw refused(e);
    }
  }

  @Override
  public TidemarkException refused(TidemarkException error) {
    context.telemetry().failed(error.code());
    return error;
  }

  ChunkResult read(ChunkCursor cursor) {
    long start = context.startNanos();
    ChunkResult result =
        context.units().read(document, transaction -> new ChunkReader().read(transaction, cursor));
    if (!context.isWatched()) {
      return result;
    }
    int bytes = result.chunk().map(chunk -> chunk.size()).orElse(0);
    int operations = result.chunk().map(chunk -> chunk.header().operations()).orElse(0);
    context.telemetry().chunkRead(bytes, operations, context.nanosSince(start));
    return result;
  }

  ApplyResult apply(byte[] chunk, @Nullable String peer) {
    return apply(decode(chunk), chunk.length, new PullStep(peer, null));
  }

  @Override
  public DecodedChunk decode(byte[] chunk) {
    try {
      return ChunkDecoder.decode(chunk);
    } catch (TidemarkException e) {
      throw refused(e);
    }
  }

  @Override
  public ApplyResult apply(DecodedChunk chunk, int bytes, String peer, ChunkCursor asked) {
    return apply(chunk, bytes, new PullStep(peer, asked));
  }

  private ApplyResult apply(DecodedChunk chunk, int bytes, PullStep step) {
    long start = context.startNanos();
    ChunkApplier applier =
        new ChunkApplier(
            context.appender()::append, context.appender()::requireAcceptable, Clock.systemUTC());
    AtomicBoolean hasStaged = new AtomicBoolean();
    ChunkIntake intake =
        new ChunkIntake(
            applier,
            context.digests(),
            change -> hasStaged.compareAndSet(false, change != 0),
            context.telemetry()::failed);
    ConfirmedUnits units = new ConfirmedUnits(chunk, step.peer());
    ApplyResult result;
    try {
      result = intake.apply(units, chunk, step, context.policy());
    } finally {
      // A payload that is refused has changed the number as well.
      if (hasStaged.get()) {
        Sightings.countStaged(context, document);
      }
    }
    if (context.isWatched()) {
      long nanos = units.endNanos - start;
      context.telemetry().chunkApplied(bytes, chunk.header().operations(), nanos);
      AppendReports.report(context, document, result.append(), nanos);
    }
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
    try {
      return Leftovers.removeStale(units, millis(touchedBefore), ChunkIntake.PIECES_AT_ONCE);
    } finally {
      // Each is removed in transactions of its own: some are gone though a later one failed.
      Sightings.countStaged(context, document);
    }
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

    /** When the last commit was made, before listeners were told, which may take their time. */
    private long endNanos;

    /** The progress that the last run left: another writer's run would have left another's. */
    private Optional<SyncProgress> progress = Optional.empty();

    ConfirmedUnits(DecodedChunk chunk, @Nullable String peer) {
      this.chunk = chunk;
      this.peer = peer;
    }

    /** Each transaction has its own turn, so that other writers pass while a digest is computed. */
    @Override
    public <T> T write(Function<WriteTransaction, T> work) {
      UnitOfWork<T> unit =
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
          };
      return context
          .publisher()
          .publish(
              document,
              () -> context.units().write(document, unit),
              done ->
                  done instanceof ApplyOutcome.Applied applied
                      ? List.of(applied.result().append().changes())
                      : List.of(),
              done -> endNanos = System.nanoTime());
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
