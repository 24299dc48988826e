package dev.tidemark.spi.support;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.PlacementRow;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a row that {@link RowWriter} wrote. */
final class RowReader {
  private final ByteBuffer in;

  RowReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  long number() {
    return Varints.read(in);
  }

  int smallNumber() {
    long number = number();
    if (number > Integer.MAX_VALUE) {
      throw DamagedBytesException.of("a number of more than 31 bits");
    }
    return (int) number;
  }

  long fixed() {
    return in.getLong();
  }

  byte[] bytes() {
    return Varints.readBytes(in, number());
  }

  NodeId node() {
    return NodeId.of(Varints.readBytes(in, NodeId.BYTES));
  }

  Position position() {
    return new Position(number(), smallNumber());
  }

  @Nullable CanonicalKey optionalKey() {
    long lamport = number();
    return lamport == 0 ? null : new CanonicalKey(lamport, ReplicaId.of(bytes()), number());
  }

  CanonicalKey key() {
    CanonicalKey key = optionalKey();
    if (key == null) {
      throw DamagedBytesException.of("an absent key");
    }
    return key;
  }

  PlacementRow placement() {
    return new PlacementRow(node(), OrderKey.of(bytes()), key());
  }

  void ensureEnd() {
    if (in.hasRemaining()) {
      throw DamagedBytesException.of(in.remaining() + " bytes after the row");
    }
  }
}
