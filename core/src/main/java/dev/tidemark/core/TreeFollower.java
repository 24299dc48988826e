package dev.tidemark.core;

import dev.tidemark.api.Change;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.TreeUpdate.Cause;
import dev.tidemark.core.internal.catchup.DryCatchUp;
import dev.tidemark.core.internal.catchup.WitnessCache;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Follows the tree of a document that anybody may change: other threads, other processes. Each look
 * tells the net visible changes since the look before, exactly: the difference of the two trees.
 *
 * <pre>{@code
 * try (TreeFollower follower = notes.follow()) {
 *   show(follower.tree());                                  // what the changes count from
 *   while (isWanted()) {
 *     TreeUpdate update = follower.await(Duration.ofMinutes(1));
 *     if (update instanceof TreeUpdate.Changed changed) {
 *       apply(changed.changes());
 *     } else if (update instanceof TreeUpdate.Resync) {
 *       show(follower.tree());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>It shows the tree that the store has, and writes nothing: operations that were appended in
 * deferred mode (rule R7) appear when somebody brings the tree up to date. {@link Document#listen}
 * differs: it is called once per commit, by the thread that committed, for commits made through the
 * same opened store only.
 *
 * <p>Between two looks the follower holds a snapshot of the tree as it was, and with it a
 * connection. It is renewed at each look, so look often, or close: a snapshot that grows old keeps
 * the store from cleaning up. A look needs a second connection: a store with a pool serves as many
 * followers as it has connections, less one for the looks. A look that gets none after its retries
 * fails with {@code STORE_BUSY} and gives the snapshot up, so that followers never lock each other
 * out for good. A look costs one seek when nothing was committed, and what the catch-up cost when
 * something was. Memory grows with the operations compared, never with the tree; beyond {@link
 * FollowOptions#mostOperations} the tree has to be read anew.
 *
 * <p>What is told follows from the log. A {@link Document#rebuild} of a damaged tree repairs rows
 * and adds nothing to the log, so it is {@link TreeUpdate.Unchanged}, and the changes after it
 * count from the repaired tree: after repairing a store, read the trees that are followed anew.
 *
 * <p>A call that throws has told nothing; the next one tells what this one would have, or that it
 * cannot be told. For one thread; only {@link #close} may be called from others.
 */
public final class TreeFollower implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TreeFollower.class.getName());
  private static final int MAX_ATTEMPTS = 3;

  private final DocumentId document;
  private final StoreContext context;
  private final FollowOptions options;
  private final CommitWait commits;
  private final WitnessCache witnesses = new WitnessCache();

  /** Keeps {@link #close} from ending a snapshot that is being read, by this or through a tree. */
  private final Lock turn = new ReentrantLock();

  private Base base;
  private boolean isGivenUp;
  private long told;
  private volatile boolean isClosed;

  /**
   * The tree that the updates told so far lead to.
   *
   * @param snapshot holds it
   * @param state its state
   * @param last the operation that it reflected last: tells one log from another
   */
  private record Base(ReadTransaction snapshot, DocumentState state, @Nullable OperationId last) {}

  private TreeFollower(
      DocumentId document,
      StoreContext context,
      FollowOptions options,
      CommitWait commits,
      Base base) {
    this.document = document;
    this.context = context;
    this.options = options;
    this.commits = commits;
    this.base = base;
    this.told = base.state().version();
  }

  static TreeFollower open(DocumentId document, StoreContext context, FollowOptions options) {
    // Listening begins before the first snapshot, so that no commit falls between.
    CommitWait commits = new CommitWait(context.backend(), document, options.interval());
    boolean isOpen = false;
    try {
      ReadTransaction snapshot = context.units().beginRead(document);
      try {
        Base base = base(snapshot, snapshot.state());
        TreeFollower follower = new TreeFollower(document, context, options, commits, base);
        isOpen = true;
        return follower;
      } finally {
        if (!isOpen) {
          snapshot.close();
        }
      }
    } finally {
      if (!isOpen) {
        commits.close();
      }
    }
  }

  private static Base base(ReadTransaction snapshot, DocumentState state) {
    return new Base(snapshot, state, DryCatchUp.lastOf(snapshot, state));
  }

  /**
   * Returns the tree that the updates told so far lead to.
   *
   * @return the tree, usable until the next look, or until the follower is closed; closing it does
   *     nothing
   * @throws TidemarkException with {@code CLOSED}, or with {@code STORE_BUSY} after a look that
   *     failed so
   */
  public TreeSnapshot tree() {
    turn.lock();
    try {
      requireOpen();
      if (isGivenUp) {
        throw TidemarkException.of(ErrorCode.STORE_BUSY)
            .with(Detail.DOCUMENT, document)
            .with(Detail.PROBLEM, "the tree was given up as the last look got no connection")
            .with(Detail.REMEDY, "look again")
            .build();
      }
      return TreeSnapshot.borrowed(new LentTransaction(base.snapshot(), turn, this::requireOpen));
    } finally {
      turn.unlock();
    }
  }

  /**
   * Looks what changed since the look before, and does not wait for more.
   *
   * @return what changed
   * @throws TidemarkException with {@code CLOSED}, or when the store cannot be read, as {@link
   *     #await} says
   */
  public TreeUpdate poll() {
    return await(Duration.ZERO);
  }

  /**
   * Looks what changed since the look before, and waits while that is nothing.
   *
   * @param timeout the longest wait; zero or less does not wait for a change
   * @return what changed; {@link TreeUpdate.Unchanged} when the time is over
   * @throws TidemarkException with {@code CLOSED}, also when it is closed meanwhile; with {@code
   *     INTERRUPTED}; or when the store cannot be read: the next look tells what this one would
   *     have. After {@code STORE_BUSY} that may be a {@link TreeUpdate.Resync}
   */
  public TreeUpdate await(Duration timeout) {
    long start = System.nanoTime();
    turn.lock();
    try {
      while (true) {
        requireOpen();
        TreeUpdate update = look();
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        if (!(update instanceof TreeUpdate.Unchanged) || timeout.compareTo(waited) <= 0) {
          told = update.version();
          return update;
        }
        commits.await(timeout.minus(waited));
      }
    } finally {
      turn.unlock();
    }
  }

  private void requireOpen() {
    if (isClosed) {
      throw TidemarkException.of(ErrorCode.CLOSED).build();
    }
  }

  private TreeUpdate look() {
    for (int attempt = 1; ; attempt++) {
      ReadTransaction newer = begin();
      try {
        DocumentState state = newer.state();
        TreeUpdate update = compare(newer, state);
        ReadTransaction older = base.snapshot();
        isGivenUp = false;
        base = new Base(newer, state, lastOf(newer, state, update));
        closeQuietly(older);
        return update;
      } catch (TidemarkException e) {
        if (!e.isRetryable() || attempt == MAX_ATTEMPTS) {
          throw e;
        }
        context.telemetry().retried(e.code());
      } finally {
        if (base.snapshot() != newer) {
          closeQuietly(newer);
        }
      }
    }
  }

  /**
   * Begins a snapshot beside the one that is held. Where all connections are in use, perhaps by
   * followers that wait for each other, the held one is given up: later looks find a connection.
   */
  private ReadTransaction begin() {
    try {
      return context.units().beginRead(document);
    } catch (TidemarkException e) {
      if (e.code() == ErrorCode.STORE_BUSY) {
        isGivenUp = true;
        closeQuietly(base.snapshot());
      }
      throw e;
    }
  }

  /** Read where it can be another one only, so that a look which finds nothing scans nothing. */
  private @Nullable OperationId lastOf(
      ReadTransaction newer, DocumentState state, TreeUpdate update) {
    boolean isSame =
        state.materialized().equals(base.state().materialized())
            && !(update instanceof TreeUpdate.Resync);
    return isSame ? base.last() : DryCatchUp.lastOf(newer, state);
  }

  private TreeUpdate compare(ReadTransaction newer, DocumentState state) {
    DocumentState from = base.state();
    if (state.equals(from)) {
      return new TreeUpdate.Unchanged(told, state.version());
    }
    long count = DryCatchUp.materialized(state) - DryCatchUp.materialized(from);
    if (count < 0 || !Objects.equals(DryCatchUp.lastOf(newer, from), base.last())) {
      return new TreeUpdate.Resync(told, state.version(), Cause.OTHER_LOG);
    }
    if (count > options.mostOperations()) {
      return new TreeUpdate.Resync(told, state.version(), Cause.TOO_MANY_OPERATIONS);
    }
    if (count > 0 && isGivenUp) {
      return new TreeUpdate.Resync(told, state.version(), Cause.SNAPSHOT_LOST);
    }
    List<Change> changes = List.of();
    try {
      if (count > 0) {
        changes = new DryCatchUp(base.snapshot(), from, newer, state).changes(witnesses);
      }
    } catch (TidemarkException e) {
      return new TreeUpdate.Resync(told, state.version(), causeOf(e));
    }
    return changes.isEmpty()
        ? new TreeUpdate.Unchanged(told, state.version())
        : new TreeUpdate.Changed(told, new ChangeSet(document, state.version(), changes));
  }

  /** Tells failures of the old snapshot, which will not come back, from those of the new one. */
  private Cause causeOf(TidemarkException failure) {
    if (failure.code() == ErrorCode.STORE_CORRUPT || failure.code() == ErrorCode.STEP_LIMIT) {
      return Cause.DAMAGED;
    }
    if (failure.code() == ErrorCode.CLOSED || failure.code() == ErrorCode.INTERRUPTED) {
      throw failure;
    }
    try {
      base.snapshot().nodes(List.of(NodeId.ROOT));
    } catch (TidemarkException e) {
      return Cause.SNAPSHOT_LOST;
    }
    throw failure;
  }

  /** What fails here has told all it had to tell. */
  private static void closeQuietly(ReadTransaction transaction) {
    try {
      transaction.close();
    } catch (TidemarkException e) {
      LOG.log(System.Logger.Level.DEBUG, "a snapshot did not close", e);
    }
  }

  /**
   * Ends following, and a wait of another thread with {@code CLOSED}. A read of {@link #tree} that
   * goes on ends well; those after it fail with {@code CLOSED}. Twice does nothing more.
   */
  @Override
  public void close() {
    isClosed = true;
    commits.close();
    turn.lock();
    try {
      closeQuietly(base.snapshot());
    } finally {
      turn.unlock();
    }
  }
}
