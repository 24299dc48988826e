package dev.tidemark.conformance.kit.cost;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The storage calls of an observed backend, since the last reset. For one thread. */
public final class StorageCalls {
  /** How a process ends that was told to halt. */
  public static final int HALTED = 99;

  private final Map<String, Integer> calls = new TreeMap<>();
  private final Map<String, Long> rows = new TreeMap<>();
  private final Map<String, Long> mostRows = new TreeMap<>();
  private final Map<String, Long> bytes = new TreeMap<>();
  private final Map<String, Integer> mostBytes = new TreeMap<>();
  private int total;
  private boolean isHalting;
  private int failing;
  private ErrorCode failure = ErrorCode.STORAGE_FAILED;
  private boolean isAfterwards;
  private @Nullable ErrorCode later;
  private @Nullable Runnable afterFailure;

  /** Counts nothing yet. */
  public StorageCalls() {}

  /** Forgets what was counted, and lets no call fail. */
  public void reset() {
    calls.clear();
    rows.clear();
    mostRows.clear();
    bytes.clear();
    mostBytes.clear();
    isHalting = false;
    total = 0;
    failing = 0;
    later = null;
    afterFailure = null;
  }

  /**
   * Lets one call fail, once, instead of being made. Resets the counts.
   *
   * @param call which one, from 1
   * @param code what it fails with
   */
  public void failAt(int call, ErrorCode code) {
    reset();
    failing = call;
    failure = code;
    isAfterwards = false;
  }

  /**
   * Lets the whole process end at one call, without a chance to clear up. Resets the counts.
   *
   * @param call which one, from 1
   */
  public void haltAt(int call) {
    failAt(call);
    isHalting = true;
  }

  /**
   * Lets one call fail for good, once, instead of being made. Resets the counts.
   *
   * @param call which one, from 1
   */
  public void failAt(int call) {
    failAt(call, ErrorCode.STORAGE_FAILED);
  }

  /**
   * Does something once, before the next transaction after the failure begins.
   *
   * @param action what to do
   */
  public void thenOnce(Runnable action) {
    afterFailure = action;
  }

  /**
   * Lets one call be made and then fail, once, as when a connection breaks before the answer.
   *
   * @param call which one, from 1
   * @param code what it fails with
   */
  public void failAfter(int call, ErrorCode code) {
    reset();
    failing = call;
    failure = code;
    isAfterwards = true;
  }

  /**
   * Lets one call be made and then fail, and every later call fail as well.
   *
   * @param call which one, from 1
   * @param code what it fails with
   * @param laterCode what the later ones fail with
   */
  public void failAfterAndOn(int call, ErrorCode code, ErrorCode laterCode) {
    failAfter(call, code);
    later = laterCode;
  }

  void begin(String method) {
    Runnable action = afterFailure;
    if (action != null && total >= failing && method.startsWith("begin")) {
      afterFailure = null;
      action.run();
    }
    total++;
    calls.merge(method, 1, Integer::sum);
    if (later != null && total > failing) {
      throw failed(method, later);
    }
    if (total == failing && isHalting) {
      Runtime.getRuntime().halt(HALTED);
    }
    if (total == failing && !isAfterwards) {
      throw failed(method, failure);
    }
  }

  void end(String method, int call) {
    if (call == failing && isAfterwards) {
      throw failed(method, failure);
    }
  }

  void addBytes(String method, int count) {
    bytes.merge(method, (long) count, Long::sum);
    mostBytes.merge(method, count, Math::max);
  }

  void addRows(String method, long count) {
    rows.merge(method, count, Long::sum);
    mostRows.merge(method, count, Math::max);
  }

  private static TidemarkException failed(String method, ErrorCode code) {
    return TidemarkException.of(code).with(Detail.PROBLEM, "made to fail: " + method).build();
  }

  /**
   * Returns how many calls were made.
   *
   * @return all calls of transactions, their beginning included, their close not
   */
  public int total() {
    return total;
  }

  /**
   * Returns how often one method was called.
   *
   * @param method the method of the storage interface
   * @return the calls
   */
  public int calls(String method) {
    return calls.getOrDefault(method, 0);
  }

  /**
   * Returns how many rows one method read or wrote.
   *
   * @param method the method of the storage interface
   * @return the rows
   */
  public long rows(String method) {
    return rows.getOrDefault(method, 0L);
  }

  /**
   * Returns how many rows one call of a method read or wrote at most.
   *
   * @param method a method of the storage interface that takes or returns its rows at once
   * @return the rows
   */
  public long mostRows(String method) {
    return mostRows.getOrDefault(method, 0L);
  }

  /**
   * Returns how many rows all methods read or wrote.
   *
   * @return the rows
   */
  public long rows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Returns how many bytes of payloads one method read or wrote.
   *
   * @param method the method of the storage interface
   * @return the bytes
   */
  public long bytes(String method) {
    return bytes.getOrDefault(method, 0L);
  }

  /**
   * Returns how many bytes of payloads one call of a method read or wrote at most.
   *
   * @param method the method of the storage interface
   * @return the bytes
   */
  public int mostBytes(String method) {
    return mostBytes.getOrDefault(method, 0);
  }

  /**
   * Returns how many rows of the tree and its indexes were written.
   *
   * @return nodes, structural entries, deletions, and entries of the parent index
   */
  public long treeRowsWritten() {
    return rows("putNodes")
        + rows("putStructural")
        + rows("putDeletions")
        + rows("putParentRows")
        + rows("removeParentRows");
  }

  /**
   * Returns how many logged operations were read: by position, by id, by node or from the inner
   * index.
   *
   * @return the rows
   */
  public long logRowsRead() {
    return rows("scanLog")
        + rows("operations")
        + rows("innerOperations")
        + rows("structuralOperations")
        + rows("contentOperations");
  }

  @Override
  public String toString() {
    return "calls " + calls + ", rows " + rows;
  }
}
