package dev.tidemark.postgres.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.postgres.internal.store.SqlFailures.Moment;
import dev.tidemark.spi.CommitSignal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The signals of a store, for all of which one connection listens as long as there is a signal. The
 * channel has the name of the schema; what is told is the number of the document.
 */
public final class CommitListener implements AutoCloseable {
  private static final String READ_ONLY = "25006";

  private final DataSource source;
  private final StoreName name;
  private final int timeoutMillis;
  private final List<ListeningSignal> signals = new ArrayList<>();
  private @Nullable Listening current;
  private boolean isClosed;

  /**
   * Makes a listener, which connects with its first signal.
   *
   * @param source where its connection comes from
   * @param name the store
   * @param timeoutMillis how long a signal waits until somebody listens
   */
  public CommitListener(DataSource source, StoreName name, int timeoutMillis) {
    this.source = source;
    this.name = name;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * Begins to listen.
   *
   * @param document the document
   * @param number its number
   * @return the signal of its commits from now on
   */
  public CommitSignal signal(DocumentId document, long number) {
    ListeningSignal signal = new ListeningSignal(this, name, document, number);
    Listening listening = add(signal);
    boolean isListening = false;
    try {
      isListening = listening.started().get(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw name.failure(
              ErrorCode.STORE_UNREACHABLE,
              "no connection that listens within " + timeoutMillis + " ms",
              "check host and port, and whether the server runs")
          .causedBy(e)
          .build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw name.failure(
              ErrorCode.INTERRUPTED,
              "the thread waited for a connection that listens",
              "call again if it is still wanted")
          .causedBy(e)
          .build();
    } finally {
      if (!isListening) {
        remove(signal);
      }
    }
    if (!isListening) {
      throw closed();
    }
    return signal;
  }

  private synchronized Listening add(ListeningSignal signal) {
    if (isClosed) {
      throw closed();
    }
    signals.add(signal);
    Listening listening = current;
    if (listening == null) {
      listening = new Listening(this, source, name, timeoutMillis);
      current = listening;
      listening.start();
    }
    return listening;
  }

  private TidemarkException closed() {
    return name.failure(ErrorCode.CLOSED).with(Detail.REMEDY, "open the store again").build();
  }

  private TidemarkException failure(Throwable cause) {
    if (!(cause instanceof SQLException sql)) {
      return name.failure(
              ErrorCode.STORAGE_FAILED, "listening failed: " + cause, "look into the log")
          .causedBy(cause)
          .build();
    }
    if (SqlFailures.state(sql).equals(READ_ONLY)) {
      return name.failure(
              ErrorCode.UNSUPPORTED,
              "a standby does not tell of commits",
              "look from time to time, or listen to the primary server")
          .with(Detail.SQLSTATE, READ_ONLY)
          .causedBy(sql)
          .build();
    }
    return SqlFailures.translate(name, sql, Moment.CONNECTING);
  }

  /** Whether the connection is still the one that signals wait for; lets go of it if none does. */
  synchronized boolean isWanted(Listening listening) {
    if (signals.isEmpty() && listening.equals(current)) {
      current = null;
    }
    return listening.equals(current);
  }

  synchronized void tell(Listening listening, String number) {
    if (listening.equals(current)) {
      for (ListeningSignal signal : signals) {
        signal.tell(number);
      }
    }
  }

  synchronized void failed(Listening listening, Throwable failure) {
    if (listening.equals(current)) {
      current = null;
      signals.forEach(signal -> signal.fail(failure));
      signals.clear();
    }
  }

  synchronized void remove(ListeningSignal signal) {
    signals.remove(signal);
  }

  /** Ends all signals, also those that wait to begin; the thread ends with its next look. */
  @Override
  public void close() {
    List<ListeningSignal> ended;
    synchronized (this) {
      isClosed = true;
      ended = List.copyOf(signals);
      if (current != null) {
        current.started().complete(false);
        current = null;
      }
    }
    ended.forEach(ListeningSignal::close);
  }
}
