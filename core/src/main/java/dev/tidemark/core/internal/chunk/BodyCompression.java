package dev.tidemark.core.internal.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;

/**
 * Zstandard (RFC 8878) on the bodies of chunks; one frame, no dictionary, no other options.
 *
 * <p>Large bodies are probed first. Payloads that are compressed or encrypted already would take a
 * quarter of the time of reading a chunk, for a few percent of its size.
 */
final class BodyCompression {
  /** Chosen by measurement on the medium trace; see docs/chunk-format.md. */
  static final int LEVEL = 1;

  /** Smaller bodies take as long to probe as to compress. */
  private static final int LEAST_PROBED = 128 * 1024;

  private static final int PROBES = 3;
  private static final int PROBE_BYTES = 2 * 1024;

  /** What a probe has to save. The whole saves more, as it has more that it can refer back to. */
  private static final int LEAST_SAVED = PROBES * PROBE_BYTES / 16;

  private BodyCompression() {}

  /**
   * Tells whether a body is worth compressing, from its first, middle and last bytes; a function of
   * the body alone (rule C2).
   */
  static boolean isWorthwhile(byte[] body, int start, int length) {
    if (length < LEAST_PROBED) {
      return true;
    }
    byte[] target = new byte[(int) Zstd.compressBound(PROBE_BYTES)];
    int compressed = 0;
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      context.setLevel(LEVEL);
      for (int probe = 0; probe < PROBES; probe++) {
        int at = start + (length - PROBE_BYTES) / (PROBES - 1) * probe;
        compressed += context.compressByteArray(target, 0, target.length, body, at, PROBE_BYTES);
      }
    }
    return compressed <= PROBES * PROBE_BYTES - LEAST_SAVED;
  }

  /**
   * Compresses into a place of at most {@code room} bytes.
   *
   * @return how many bytes it took; -1 if there was too little room
   */
  static int compress(byte[] source, int start, int length, byte[] target, int at, int room) {
    if (room <= 0) {
      return -1;
    }
    try {
      return (int) Zstd.compressByteArray(target, at, room, source, start, length, LEVEL);
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
