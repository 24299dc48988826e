package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ChunkHeader.Fragment;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.core.internal.payload.StoredPayloads;
import dev.tidemark.spi.ReadTransaction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The uncompressed body of one chunk, filled operation by operation until the next does not fit.
 * Its size is exact at every step, and it alone decides where chunks end, so the boundaries do not
 * depend on a compressor.
 */
final class ChunkBody {
  /**
   * Where the body starts in its array. A stored body so becomes the chunk where it is, between
   * header and checksum, and is copied once.
   */
  static final int START = ChunkFormat.HEADER_RESERVE;

  /**
   * Room for the fields of the operation that turns out not to fit, but for very long ones; and for
   * the checksum. Without it the array would be copied for them when it is full.
   */
  static final int OVERHANG = 1024;

  private final int limit;
  private final GrowingBytes bytes;
  private final OperationWriter writer;
  private final List<Hole> holes = new ArrayList<>();

  private int operations;
  private long knownWeight;
  private @Nullable Position first;
  private @Nullable Position last;
  private @Nullable Fragment fragment;

  ChunkBody(int chunkSize) {
    limit = ChunkFormat.bodyLimit(chunkSize);
    bytes = GrowingBytes.ofSpare(chunkSize + OVERHANG, START);
    writer = new OperationWriter(bytes);
  }

  /** Room for the bytes of a payload that are not at hand. */
  private record Hole(OperationId operation, int start, int length) {}

  /** Known ranges are several times larger in memory than in a chunk: this bounds them as well. */
  static long knownWeight(Operation operation) {
    return operation instanceof Operation.Delete delete ? delete.known().weight() : 0;
  }

  /**
   * Adds a complete operation, if there is room. After the first that found none, nothing more can
   * be added but a fragment to a body that is empty.
   */
  boolean add(LoggedOperation logged) {
    Operation operation = logged.operation();
    long weight = knownWeight + knownWeight(operation);
    if (operations == ChunkFormat.MAX_OPERATIONS || weight > limit) {
      return false;
    }
    int start = bytes.size();
    writer.write(logged);
    Payload payload = OperationWriter.payloadOf(operation);
    long size = payload == null ? 0 : payload.size();
    if (payload != null) {
      bytes.writeNumber(size);
    }
    if (size > limit - size()) {
      bytes.truncate(start);
      return false;
    }
    if (payload != null) {
      addPayload(operation.id(), payload);
    }
    operations++;
    knownWeight = weight;
    first = first == null ? logged.position() : first;
    last = logged.position();
    return true;
  }

  private void addPayload(OperationId id, Payload payload) {
    if (payload.isInline()) {
      bytes.write(payload.asReadOnlyBuffer());
    } else {
      int length = (int) payload.size();
      holes.add(new Hole(id, bytes.skip(length), length));
    }
  }

  /** Makes this, still empty, the body of a fragment. */
  static ChunkBody ofFragment(int chunkSize, LoggedOperation logged, Payload payload, long offset) {
    ChunkBody body = new ChunkBody(chunkSize);
    OperationId id = logged.operation().id();
    body.writer.write(logged);
    body.bytes.writeNumber(payload.size());
    body.bytes.write(payload.digest().toByteArray());
    body.bytes.writeNumber(offset);
    int length = (int) Math.min(ChunkFormat.fragmentBytes(chunkSize), payload.size() - offset);
    body.fragment = new Fragment(id, offset, length, payload.size());
    if (payload.isInline()) {
      ByteBuffer all = payload.asReadOnlyBuffer();
      body.bytes.write(all.slice((int) offset, length));
    } else {
      body.holes.add(new Hole(id, body.bytes.skip(length), length));
    }
    body.first = logged.position();
    body.last = logged.position();
    return body;
  }

  /** Tells whether an operation fits into a chunk of its own. */
  static boolean fits(int chunkSize, LoggedOperation logged) {
    ChunkBody body = new ChunkBody(chunkSize);
    boolean isFitting = body.add(logged);
    body.recycle();
    return isFitting;
  }

  /** Reads the payload bytes that were left out; to be called once, when all was added. */
  void fill(ReadTransaction transaction) {
    for (Hole hole : holes) {
      long offset = 0;
      if (fragment != null) {
        offset = fragment.offset();
      }
      ByteBuffer target = ByteBuffer.wrap(bytes.array(), hole.start(), hole.length());
      StoredPayloads.read(transaction, hole.operation(), offset, target);
    }
    holes.clear();
  }

  /** Ends the use of this body, once it is encoded or not wanted. */
  void recycle() {
    bytes.recycle();
  }

  boolean isEmpty() {
    return first == null;
  }

  int operations() {
    return operations;
  }

  @Nullable Position first() {
    return first;
  }

  @Nullable Position last() {
    return last;
  }

  @Nullable Fragment fragment() {
    return fragment;
  }

  /** The array of the body, which stands at {@link #START}. */
  byte[] array() {
    return bytes.array();
  }

  int size() {
    return bytes.size() - START;
  }

  /**
   * Returns a chunk of the body as it is. What stands around it in the array is overwritten.
   *
   * @param header what comes before it
   */
  byte[] stored(byte[] header) {
    int start = START - header.length;
    System.arraycopy(header, 0, bytes.array(), start, header.length);
    int end = bytes.size();
    bytes.writeInt(ChunkFormat.checksum(bytes.array(), start, end - start));
    byte[] chunk = Arrays.copyOfRange(bytes.array(), start, bytes.size());
    bytes.truncate(end);
    return chunk;
  }
}
