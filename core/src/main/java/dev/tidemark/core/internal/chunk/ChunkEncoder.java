package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.ChunkHeader.Codec;
import dev.tidemark.api.Position;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Puts header, body and checksum together. */
final class ChunkEncoder {
  /** Enough for a window without a filter. */
  private static final int HEADER_CAPACITY = 512;

  private ChunkEncoder() {}

  /** Encodes a body that holds something. */
  static Chunk encode(ChunkBody body, ChunkCursor next) {
    Position first = body.first();
    Position last = body.last();
    if (first == null || last == null) {
      throw new IllegalArgumentException("an empty body has no positions");
    }
    return encode(body, first, last, next);
  }

  /** Encodes the chunk without operations that ends a window (rule C9). */
  static Chunk closing(Position reached, ChunkCursor next) {
    ChunkBody nothing = new ChunkBody(next.window().chunkSize());
    Chunk chunk = encode(nothing, reached, reached, next);
    nothing.recycle();
    return chunk;
  }

  private static Chunk encode(ChunkBody body, Position first, Position last, ChunkCursor next) {
    byte[] head = header(body, first, last, next);
    byte[] bytes = compressed(body, head);
    Codec codec = Codec.ZSTANDARD;
    if (bytes == null) {
      bytes = body.stored(head);
      codec = Codec.STORED;
    }
    ChunkHeader header =
        new ChunkHeader(
            ChunkFormat.FORMAT,
            codec,
            first,
            last,
            body.operations(),
            body.fragment(),
            next,
            next.isEnd());
    return new Chunk(header, bytes);
  }

  /** Returns the chunk with a body that became smaller; null where it does not. */
  private static byte @Nullable [] compressed(ChunkBody body, byte[] head) {
    if (!BodyCompression.isWorthwhile(body.array(), ChunkBody.START, body.size())) {
      return null;
    }
    byte[] chunk = new byte[head.length + body.size() + ChunkFormat.CHECKSUM_BYTES];
    int taken =
        BodyCompression.compress(
            body.array(), ChunkBody.START, body.size(), chunk, head.length, body.size() - 1);
    if (taken < 0) {
      return null;
    }
    System.arraycopy(head, 0, chunk, 0, head.length);
    chunk[ChunkFormat.CODEC_AT] = ChunkFormat.numberOf(Codec.ZSTANDARD);
    int end = head.length + taken;
    byte[] bytes = Arrays.copyOf(chunk, end + ChunkFormat.CHECKSUM_BYTES);
    ByteBuffer.wrap(bytes).putInt(end, ChunkFormat.checksum(bytes, end));
    return bytes;
  }

  private static byte[] header(ChunkBody body, Position first, Position last, ChunkCursor next) {
    GrowingBytes head = new GrowingBytes(HEADER_CAPACITY);
    head.write(ChunkFormat.MAGIC);
    head.writeByte(ChunkFormat.FORMAT);
    head.writeByte(ChunkFormat.numberOf(Codec.STORED));
    int flags = next.isEnd() ? ChunkFormat.FLAG_FINAL : 0;
    head.writeByte(body.fragment() == null ? flags : flags | ChunkFormat.FLAG_FRAGMENT);
    head.writeBytes(Base64.getUrlDecoder().decode(next.token()));
    head.writeNumber(first.version());
    head.writeNumber(first.sequence());
    head.writeNumber(last.version() - first.version());
    head.writeNumber(last.sequence());
    head.writeNumber(body.operations());
    head.writeNumber(body.size());
    return Arrays.copyOf(head.array(), head.size());
  }
}
