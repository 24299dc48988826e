package dev.tidemark.core;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.Limits;
import dev.tidemark.api.Telemetry;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.append.Appender;
import dev.tidemark.core.internal.catchup.CatchUpEngine;
import dev.tidemark.core.internal.catchup.WitnessCache;
import dev.tidemark.core.internal.chunk.RunningDigests;
import dev.tidemark.core.internal.discovery.BackendLookup;
import dev.tidemark.core.internal.figures.KnownFigures;
import dev.tidemark.core.internal.notify.ChangePublisher;
import dev.tidemark.core.internal.notify.GuardedTelemetry;
import dev.tidemark.core.internal.transaction.UnitsOfWork;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An opened store, which holds many documents. Safe for several threads; close it when done.
 *
 * <pre>{@code
 * try (Tidemark store = Tidemark.open("sqlite:notes.db")) {
 *   Document notes = store.document("notes");
 *   LocalReplica me = notes.replica(ReplicaId.random());
 *   NodeId chapter = me.insert(NodeId.ROOT, Placement.last(), Payload.of("Chapter 1"));
 * }
 * }</pre>
 */
public final class Tidemark implements AutoCloseable {
  private static final int SURVEYED_AT_ONCE = 1000;

  private final StoreLocation location;
  private final StoreContext context;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private Tidemark(StoreLocation location, StoreContext context) {
    this.location = location;
    this.context = context;
  }

  /**
   * Opens a store for reading and writing, and creates it where there is none.
   *
   * @param uri the store's URI; its scheme names the backend: {@code sqlite:notes.db}
   * @return the store, to be closed by the caller
   * @throws dev.tidemark.api.TidemarkException with {@code INVALID_STORE_URI}, {@code
   *     BACKEND_NOT_FOUND}, {@code BACKEND_AMBIGUOUS}, or what the backend reports
   */
  public static Tidemark open(String uri) {
    return builder(uri).open();
  }

  /**
   * Starts to open a store with other than the default settings.
   *
   * @param uri the store's URI
   * @return a builder
   */
  public static Builder builder(String uri) {
    return new Builder(uri);
  }

  /**
   * Returns the step that creates or upgrades the schema of a store, for deployments that make it
   * apart from opening the store. Connects to nothing yet.
   *
   * @param uri the store's URI
   * @return the step
   * @throws dev.tidemark.api.TidemarkException with {@code INVALID_STORE_URI}, {@code
   *     BACKEND_NOT_FOUND}, {@code BACKEND_AMBIGUOUS}, or {@code UNSUPPORTED} where the backend has
   *     no such step
   */
  public static SchemaStep schema(String uri) {
    return builder(uri).schema();
  }

  /**
   * Returns a document, which need not exist: it comes into being with its first operation.
   *
   * @param name the name of the document
   * @return the document
   * @throws dev.tidemark.api.TidemarkException with {@code INVALID_ARGUMENT} if it is no valid name
   */
  public Document document(String name) {
    return document(DocumentId.of(name));
  }

  /**
   * Returns a document, which need not exist: it comes into being with its first operation.
   *
   * @param id the document
   * @return the document
   */
  public Document document(DocumentId id) {
    return new Document(id, context);
  }

  /**
   * Lists the documents that exist, ascending by the bytes of their names.
   *
   * @param after the name to start after; null to start at the first
   * @param limit the most to return, from 1
   * @return the names
   */
  public List<DocumentId> documents(@Nullable DocumentId after, int limit) {
    return context.backend().documents(after, limit);
  }

  /**
   * Looks at every document once, so that telemetry knows how far all of them are behind, and how
   * many payloads are staged, also where another process wrote: without it, telemetry learns of a
   * document when a call comes upon it. Two small reads a document; for the start of a program, and
   * every few minutes where several processes write.
   *
   * @return how many documents there are
   */
  public long survey() {
    long count = 0;
    @Nullable DocumentId last = null;
    while (true) {
      List<DocumentId> page = documents(last, SURVEYED_AT_ONCE);
      for (DocumentId id : page) {
        Document document = document(id);
        document.status();
        document.stagedPayloads();
        last = id;
      }
      count += page.size();
      if (page.size() < SURVEYED_AT_ONCE) {
        context.figures().surveyed();
        return count;
      }
    }
  }

  /**
   * Tells whether writing is refused.
   *
   * @return whether the store was opened for reading, or can only be read
   */
  public boolean isReadOnly() {
    return context.backend().isReadOnly();
  }

  /** Closes the store. Closing twice does nothing; every other use afterwards throws. */
  @Override
  public void close() {
    if (!isClosed.getAndSet(true)) {
      context.telemetry().closed(context.figures());
    }
    context.backend().close();
  }

  /**
   * Returns the store's URI without its parameters, which may hold secrets.
   *
   * @return text for messages
   */
  @Override
  public String toString() {
    return location.toString();
  }

  /** Settings of a store that is opened. Not safe for several threads. */
  public static final class Builder {
    /** How far a Lamport time may be ahead: 2^53 is then 2 million hostile operations away. */
    private static final long DEFAULT_CLOCK_JUMP = 1L << 32;

    private static final int DEFAULT_CATCH_UP_STEP = 5_000;

    private final String uri;
    private OpenMode mode = OpenMode.CREATE;
    private Telemetry telemetry = Telemetry.NONE;
    private CatchUpPolicy policy = CatchUpPolicy.immediate();
    private int catchUpStep = DEFAULT_CATCH_UP_STEP;
    private long maxClockJump = DEFAULT_CLOCK_JUMP;
    private @Nullable ClassLoader classLoader;
    private @Nullable BackendProvider provider;

    private Builder(String uri) {
      this.uri = uri;
    }

    /**
     * Sets what may be done to the store; {@link OpenMode#CREATE} unless set.
     *
     * @param openMode read only, write, or create where there is none
     * @return this
     */
    public Builder mode(OpenMode openMode) {
      mode = openMode;
      return this;
    }

    /**
     * Sets who is told of the engine's work; nobody unless set.
     *
     * @param listener the telemetry
     * @return this
     */
    public Builder telemetry(Telemetry listener) {
      telemetry = listener;
      return this;
    }

    /**
     * Sets when trees are brought up to date; in the append itself unless set.
     *
     * @param catchUpPolicy the policy
     * @return this
     */
    public Builder catchUp(CatchUpPolicy catchUpPolicy) {
      policy = catchUpPolicy;
      return this;
    }

    /**
     * Sets how many operations one step of a catch-up brings into the tree: that bounds its memory,
     * and in {@link Document#ensureMaterialized} the length of a transaction. 5,000 unless set.
     *
     * @param operations from 1
     * @return this
     */
    public Builder catchUpStep(int operations) {
      if (operations < 1) {
        throw TidemarkException.of(ErrorCode.INVALID_ARGUMENT)
            .with(Detail.ARGUMENT, "catch-up step")
            .with(Detail.PROBLEM, operations + ", must be at least 1")
            .build();
      }
      catchUpStep = operations;
      return this;
    }

    /**
     * Sets how far the Lamport time of a foreign operation may be ahead of the document's head; a
     * larger jump is refused, so that nobody can exhaust the clock (rule A11). 2^32 unless set.
     *
     * @param ticks from 1 to {@link Limits#MAX_COUNT}
     * @return this
     */
    public Builder maxClockJump(long ticks) {
      if (ticks < 1 || ticks > Limits.MAX_COUNT) {
        throw TidemarkException.of(ErrorCode.INVALID_ARGUMENT)
            .with(Detail.ARGUMENT, "clock jump")
            .with(Detail.PROBLEM, ticks + ", must be 1.." + Limits.MAX_COUNT)
            .build();
      }
      maxClockJump = ticks;
      return this;
    }

    /**
     * Sets the only class loader to look for backends in. Unless set, these are the library's own
     * and the current thread's.
     *
     * @param loader the class loader
     * @return this
     */
    public Builder classLoader(ClassLoader loader) {
      classLoader = loader;
      return this;
    }

    /**
     * Sets the backend, instead of looking for one. It must know the URI's scheme.
     *
     * @param backend the provider
     * @return this
     */
    public Builder backend(BackendProvider backend) {
      provider = backend;
      return this;
    }

    /**
     * Opens the store.
     *
     * @return the store, to be closed by the caller
     * @throws dev.tidemark.api.TidemarkException with {@code INVALID_STORE_URI}, {@code
     *     BACKEND_NOT_FOUND}, {@code BACKEND_AMBIGUOUS}, or what the backend reports
     */
    public Tidemark open() {
      StoreLocation location = StoreLocation.parse(uri);
      Backend backend = provider(location).open(new OpenRequest(location, mode));
      CatchUpEngine catchUp = new CatchUpEngine(new WitnessCache(), catchUpStep);
      Telemetry guarded = GuardedTelemetry.of(telemetry);
      KnownFigures figures = new KnownFigures(System::nanoTime);
      if (guarded != Telemetry.NONE) {
        Sightings.lookForNone(backend, figures);
      }
      guarded.opened(figures);
      return new Tidemark(
          location,
          new StoreContext(
              backend,
              new UnitsOfWork(backend, guarded),
              new UnitsOfWork(backend, Telemetry.NONE),
              catchUp,
              new Appender(catchUp, maxClockJump),
              new ChangePublisher(guarded::failed),
              guarded,
              figures,
              new RunningDigests(),
              policy));
    }

    /**
     * Returns the step that creates or upgrades the schema of the store, instead of opening it.
     *
     * @return the step
     * @throws dev.tidemark.api.TidemarkException with {@code INVALID_STORE_URI}, {@code
     *     BACKEND_NOT_FOUND}, {@code BACKEND_AMBIGUOUS}, or {@code UNSUPPORTED}
     */
    public SchemaStep schema() {
      StoreLocation location = StoreLocation.parse(uri);
      return new SchemaStep(provider(location).schema(location));
    }

    private BackendProvider provider(StoreLocation location) {
      return provider != null
          ? BackendLookup.require(provider, location)
          : BackendLookup.find(location, classLoader);
    }
  }
}
