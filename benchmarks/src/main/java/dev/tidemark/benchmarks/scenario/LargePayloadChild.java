package dev.tidemark.benchmarks.scenario;

import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Placement;
import dev.tidemark.benchmarks.data.BalancedTree;
import dev.tidemark.benchmarks.data.Bytes;
import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.Measurement;
import dev.tidemark.benchmarks.harness.PeakHeap;
import dev.tidemark.benchmarks.raw.RawStore;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes, pulls or plainly copies one large payload, in a virtual machine with a small heap. */
public final class LargePayloadChild {
  private static final int CHUNK = 5 << 20;

  private LargePayloadChild() {}

  /**
   * Does one of the three.
   *
   * @param args what to do, the store, and the bytes of the payload, or the other store
   * @throws Exception if it fails
   */
  public static void main(String[] args) throws Exception {
    PeakHeap heap = new PeakHeap();
    Path file = Path.of(args[1]);
    double seconds =
        switch (args[0]) {
          case "make" -> Measurement.time(() -> make(file, Long.parseLong(args[2])));
          case "pull" -> pull(file, Path.of(args[2]));
          case "copy" -> copy(file, Path.of(args[2]));
          default -> throw new IllegalArgumentException(args[0]);
        };
    System.out.println("seconds=" + seconds);
    System.out.println("peak=" + heap.mebibytes());
  }

  private static void make(Path file, long size) {
    try (Tidemark store = Tidemark.open(Stores.uri(file) + "?synchronous=off")) {
      store
          .document(Stores.DOCUMENT)
          .replica(BalancedTree.AUTHOR)
          .insert(NodeId.ROOT, Placement.last(), () -> new RandomStream(size));
    }
  }

  /** Opening and closing take as long for a small payload, and are no part of either figure. */
  private static double pull(Path from, Path to) throws Exception {
    try (Tidemark source = Tidemark.open(Stores.uri(from));
        Tidemark target = Tidemark.open(Stores.uri(to))) {
      Document document = target.document(Stores.DOCUMENT);
      ChunkRequest request = ChunkRequest.after(0).withChunkSize(CHUNK);
      return Measurement.time(
          () ->
              source
                  .document(Stores.DOCUMENT)
                  .changes(request)
                  .forEach(chunk -> document.apply(chunk.bytes(), "source")));
    }
  }

  /** Copies the rows of the payload, a chunk's worth in each transaction. */
  private static double copy(Path from, Path to) throws Exception {
    Tidemark.open(Stores.uri(to)).close();
    try (RawStore source = RawStore.open(from);
        RawStore target = RawStore.open(to)) {
      return Measurement.time(() -> copy(source, target));
    }
  }

  private static void copy(RawStore source, RawStore target) throws SQLException {
    // By the index, as the pieces of one payload are read; without it all would be sorted first.
    String query = "SELECT * FROM piece ORDER BY document, replica, counter, start";
    try (Statement select = source.connection().createStatement();
        ResultSet rows = select.executeQuery(query);
        PreparedStatement insert = target.connection().prepareStatement(insert(rows))) {
      int columns = rows.getMetaData().getColumnCount();
      long written = 0;
      target.begin();
      while (rows.next()) {
        for (int column = 1; column <= columns; column++) {
          Object value = rows.getObject(column);
          insert.setObject(column, value);
          written += value instanceof byte[] bytes ? bytes.length : 0;
        }
        insert.executeUpdate();
        if (written >= CHUNK) {
          target.commit();
          target.begin();
          written = 0;
        }
      }
      target.commit();
    }
  }

  private static String insert(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    return "INSERT INTO piece VALUES (" + "?, ".repeat(columns - 1) + "?)";
  }

  /** Random bytes without end, up to a size. */
  private static final class RandomStream extends InputStream {
    private final Bytes random = new Bytes(1);
    private byte[] block = {};
    private int taken;
    private long rest;

    RandomStream(long size) {
      rest = size;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (rest == 0) {
        return -1;
      }
      if (taken == block.length) {
        block = random.next(64 << 10);
        taken = 0;
      }
      int count = (int) Math.min(Math.min(length, block.length - taken), rest);
      System.arraycopy(block, taken, target, offset, count);
      taken += count;
      rest -= count;
      return count;
    }
  }
}
