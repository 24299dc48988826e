package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.ChunkHeader.Codec;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.Position;
import dev.tidemark.api.TidemarkException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Decodes chunks that may be hostile (rule A6). Memory is taken in proportion to the chunk's size
 * limit, and whatever is wrong is a typed error.
 */
public final class ChunkDecoder {
  /** Binary tokens are shorter than their text; this only bounds what a lie makes us allocate. */
  private static final int MAX_TOKEN_BYTES = ChunkFormat.HEADER_RESERVE;

  private static final int LEAST_BYTES = ChunkFormat.CODEC_AT + 1 + ChunkFormat.CHECKSUM_BYTES;

  private ChunkDecoder() {}

  /**
   * Decodes a chunk.
   *
   * @param chunk the bytes; they must not change while the result is used
   * @return what they hold
   * @throws TidemarkException with {@link ErrorCode#CHUNK_TOO_LARGE}, {@link
   *     ErrorCode#CHUNK_MALFORMED}, {@link ErrorCode#CHUNK_UNSUPPORTED} or {@link
   *     ErrorCode#INVALID_OPERATION}
   */
  public static DecodedChunk decode(byte[] chunk) {
    requireSize("chunk", chunk.length, ChunkSize.MAX);
    int end = chunk.length - ChunkFormat.CHECKSUM_BYTES;
    requireIntact(chunk, end);
    StrictBytes in = new StrictBytes(chunk, ChunkFormat.MAGIC.length, end);
    int format = in.readByte();
    if (format != ChunkFormat.FORMAT) {
      throw unsupported("format", format);
    }
    int codecNumber = in.readByte();
    Codec codec =
        ChunkFormat.codecOf(codecNumber).orElseThrow(() -> unsupported("codec", codecNumber));
    int flags = in.readByte();
    ChunkCursor next = readCursor(in);
    Position first = readPosition(in, 0);
    Position last = readPosition(in, first.version());
    int operations = in.readNumber("operations", ChunkFormat.MAX_OPERATIONS);
    ChunkHeader header =
        new ChunkHeader(format, codec, first, last, operations, null, next, next.isEnd());
    HeaderChecks.check(header, flags);
    int chunkSize = next.window().chunkSize();
    requireSize("chunk", chunk.length, chunkSize);
    long length = in.readNumber();
    requireSize("body", length, ChunkFormat.bodyLimit(chunkSize));
    StrictBytes body = body(header.codec(), chunk, in.position(), end, (int) length);
    return (flags & ChunkFormat.FLAG_FRAGMENT) != 0
        ? BodyDecoder.fragment(header, body)
        : BodyDecoder.operations(header, body);
  }

  private static void requireIntact(byte[] chunk, int end) {
    if (chunk.length < LEAST_BYTES) {
      throw StrictBytes.malformed("too short");
    }
    int magic = ChunkFormat.MAGIC.length;
    if (!Arrays.equals(chunk, 0, magic, ChunkFormat.MAGIC, 0, magic)) {
      throw StrictBytes.malformed("does not start as chunks do");
    }
    if (ByteBuffer.wrap(chunk).getInt(end) != ChunkFormat.checksum(chunk, end)) {
      throw StrictBytes.malformed("the checksum does not fit");
    }
  }

  private static ChunkCursor readCursor(StrictBytes in) {
    byte[] token = in.readBytes("cursor", MAX_TOKEN_BYTES);
    try {
      return ChunkCursor.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(token));
    } catch (TidemarkException e) {
      boolean isUnknown = e.code() == ErrorCode.TOKEN_UNSUPPORTED;
      throw TidemarkException.of(
              isUnknown ? ErrorCode.CHUNK_UNSUPPORTED : ErrorCode.CHUNK_MALFORMED)
          .with(Detail.PROBLEM, "the cursor cannot be read")
          .causedBy(e)
          .build();
    }
  }

  private static Position readPosition(StrictBytes in, long from) {
    long version = in.readNumber();
    if (version > Long.MAX_VALUE - from) {
      throw StrictBytes.malformed("a version is too large");
    }
    return new Position(from + version, in.readNumber("sequence", Integer.MAX_VALUE));
  }

  private static StrictBytes body(Codec codec, byte[] chunk, int start, int end, int length) {
    if (codec == Codec.STORED) {
      if (end - start != length) {
        throw StrictBytes.malformed("the announced length is not that of the body");
      }
      return new StrictBytes(chunk, start, end);
    }
    byte[] body = BodyCompression.decompress(chunk, start, end - start, length);
    return new StrictBytes(body, 0, length);
  }

  private static void requireSize(String what, long actual, int limit) {
    if (actual > limit) {
      throw TidemarkException.of(ErrorCode.CHUNK_TOO_LARGE)
          .with(Detail.ARGUMENT, what)
          .with(Detail.ACTUAL, actual)
          .with(Detail.LIMIT, limit)
          .build();
    }
  }

  private static TidemarkException unsupported(String what, int actual) {
    return TidemarkException.of(ErrorCode.CHUNK_UNSUPPORTED)
        .with(Detail.PROBLEM, "unknown " + what)
        .with(Detail.ACTUAL, actual)
        .build();
  }
}
