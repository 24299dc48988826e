package dev.tidemark.core.internal.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Changes to chunks that a checksum does not give away. */
final class Tampering {
  private Tampering() {}

  static byte[] withChecksum(byte[] bytes) {
    int end = bytes.length - ChunkFormat.CHECKSUM_BYTES;
    if (end >= 0) {
      ByteBuffer.wrap(bytes).putInt(end, ChunkFormat.checksum(bytes, end));
    }
    return bytes;
  }

  /** The header's bytes, up to the body. */
  static byte[] header(byte[] chunk) {
    return Arrays.copyOf(chunk, atLength(chunk).position() + lengthBytes(chunk));
  }

  /** The chunk with another body, stored as it is, and the length that it then has. */
  static byte[] withBody(byte[] chunk, int codec, long announced, byte[] body) {
    int before = atLength(chunk).position();
    GrowingBytes bytes = new GrowingBytes(chunk.length + body.length);
    bytes.write(Arrays.copyOf(chunk, before));
    bytes.array()[ChunkFormat.CODEC_AT] = (byte) codec;
    bytes.writeNumber(announced);
    bytes.write(body);
    bytes.writeInt(0);
    return withChecksum(Arrays.copyOf(bytes.array(), bytes.size()));
  }

  /** The same chunk with its body stored, so that changes reach what is behind the compressor. */
  static byte[] stored(byte[] chunk) {
    int start = header(chunk).length;
    int end = chunk.length - ChunkFormat.CHECKSUM_BYTES;
    int length = (int) atLength(chunk).readNumber();
    byte[] body =
        chunk[ChunkFormat.CODEC_AT] == 0
            ? Arrays.copyOfRange(chunk, start, end)
            : BodyCompression.decompress(chunk, start, end - start, length);
    return withBody(chunk, 0, length, body);
  }

  private static StrictBytes atLength(byte[] chunk) {
    StrictBytes in = new StrictBytes(chunk, ChunkFormat.CODEC_AT + 2, chunk.length);
    in.readBytes("cursor", chunk.length);
    for (int number = 0; number < 5; number++) {
      in.readNumber();
    }
    return in;
  }

  private static int lengthBytes(byte[] chunk) {
    StrictBytes in = atLength(chunk);
    int before = in.position();
    in.readNumber();
    return in.position() - before;
  }
}
