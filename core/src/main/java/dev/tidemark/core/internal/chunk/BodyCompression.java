package dev.tidemark.core.internal.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;

/** Zstandard (RFC 8878) on the bodies of chunks; one frame, no dictionary, no other options. */
final class BodyCompression {
  /** Chosen by measurement on the medium trace; see docs/chunk-format.md. */
  static final int LEVEL = 2;

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
    try {
      return (int) Zstd.compressByteArray(target, start, room, source, 0, length, LEVEL);
    } catch (ZstdException e) {
      if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
        return -1;
      }
      throw e;
    }
  }

  /**
   * Decompresses exactly what was announced. Memory is taken for the announced length only, and the
   * decompressor never writes beyond it.
   */
  static byte[] decompress(byte[] source, int start, int length, int announced) {
    try {
      if (Zstd.getFrameContentSize(source, start, length) != announced) {
        throw StrictBytes.malformed("the announced length is not that of the compressed body");
      }
      if (Zstd.findFrameCompressedSize(source, start, length) != length) {
        throw StrictBytes.malformed("the compressed body is not one frame");
      }
      byte[] target = new byte[announced];
      long written = Zstd.decompressByteArray(target, 0, announced, source, start, length);
      if (written != announced) {
        throw StrictBytes.malformed("the body has " + written + " bytes, not " + announced);
      }
      return target;
    } catch (ZstdException e) {
      throw TidemarkException.of(ErrorCode.CHUNK_MALFORMED)
          .with(Detail.PROBLEM, "decompression failed")
          .causedBy(e)
          .build();
    }
  }
}
