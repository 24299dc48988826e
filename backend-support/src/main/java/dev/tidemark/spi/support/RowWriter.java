package dev.tidemark.spi.support;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Position;
import dev.tidemark.spi.PlacementRow;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a row one behind the other; {@link RowReader} reads them. */
final class RowWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A number from 0 on. */
  RowWriter number(long number) {
    Varints.write(out, number);
    return this;
  }

  /** Any number at all. */
  RowWriter fixed(long number) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return this;
  }

  RowWriter bytes(byte[] bytes) {
    number(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  RowWriter node(NodeId node) {
    out.writeBytes(node.toByteArray());
    return this;
  }

  RowWriter position(Position position) {
    return number(position.version()).number(position.sequence());
  }

  /** Absence is Lamport time 0, which no operation has. */
  RowWriter key(@Nullable CanonicalKey key) {
    if (key == null) {
      return number(0);
    }
    return number(key.lamport()).bytes(key.replica().toByteArray()).number(key.counter());
  }

  RowWriter placement(PlacementRow placement) {
    return node(placement.parent())
        .bytes(placement.orderKey().toByteArray())
        .key(placement.writtenBy());
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
