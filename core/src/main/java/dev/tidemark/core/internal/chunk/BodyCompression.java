package dev.tidemark.core.internal.chunk;

import com.github.luben.zstd.Zstd;

/** Zstandard (RFC 8878) on the bodies of chunks; one frame, no dictionary, no other options. */
final class BodyCompression {
  /** Chosen by measurement on the medium trace; see docs/chunk-format.md. */
  static final int LEVEL = 3;

  private BodyCompression() {}

  /**
   * Compresses into a place of at most {@code room} bytes.
   *
   * @return how many bytes it took; -1 if there was too little room
   */
  static int compress(byte[] source, int length, byte[] target, int start, int room) {
    if (room <= 0) {
      return -1;
    }
    long taken = Zstd.compressByteArray(target, start, room, source, 0, length, LEVEL);
    if (!Zstd.isError(taken)) {
      return (int) taken;
    }
    if (Zstd.getErrorCode(taken) == Zstd.errDstSizeTooSmall()) {
      return -1;
    }
    throw new IllegalStateException("Zstandard refused to compress: " + Zstd.getErrorName(taken));
  }

  /**
   * Decompresses exactly what was announced. Memory is taken for the announced length only, and the
   * decompressor never writes beyond it.
   */
  static byte[] decompress(byte[] source, int start, int length, int announced) {
    if (Zstd.getFrameContentSize(source, start, length) != announced) {
      throw StrictBytes.malformed("the announced length is not that of the compressed body");
    }
    if (Zstd.findFrameCompressedSize(source, start, length) != length) {
      throw StrictBytes.malformed("the compressed body is not one frame");
    }
    byte[] target = new byte[announced];
    long written = Zstd.decompressByteArray(target, 0, announced, source, start, length);
    if (Zstd.isError(written)) {
      throw StrictBytes.malformed("decompression failed: " + Zstd.getErrorName(written));
    }
    if (written != announced) {
      throw StrictBytes.malformed("the body has " + written + " bytes, not " + announced);
    }
    return target;
  }
}
