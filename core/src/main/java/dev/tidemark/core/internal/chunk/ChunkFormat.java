package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ChunkHeader.Codec;
import dev.tidemark.api.ChunkSize;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The numbers of chunk format 1. Where chunks end follows from them, so changing one needs a new
 * format: a reader of format 1 refuses chunks that were cut otherwise.
 */
public final class ChunkFormat {
  static final byte[] MAGIC = {'T', 'D', 'C', 'K'};
  static final int FORMAT = 1;
  static final int CHECKSUM_BYTES = 4;

  /** Where the codec stands: behind magic and format. */
  static final int CODEC_AT = 5;

  static final int FLAG_FINAL = 1;
  static final int FLAG_FRAGMENT = 2;

  /**
   * What of a chunk is kept free for everything but the body. The longest header, with a filter of
   * 64 of the longest replica ids, is below it; a test builds that one.
   */
  static final int HEADER_RESERVE = 6 * 1024;

  /** As {@link #HEADER_RESERVE}, and the fields of an operation but its payload bytes. */
  static final int FRAGMENT_RESERVE = 8 * 1024;

  /**
   * The most operations in one chunk. It bounds the memory that decoded operations take and the
   * work of the append that they become, where operations are small.
   */
  public static final int MAX_OPERATIONS = 16 * 1024;

  private ChunkFormat() {}

  /** The largest uncompressed body of a chunk. */
  static int bodyLimit(int chunkSize) {
    return ChunkSize.check(chunkSize) - HEADER_RESERVE;
  }

  /**
   * Returns how many payload bytes one fragment has; the last one of a payload may have fewer.
   * Fragments start at multiples of this (rule C4).
   *
   * @param chunkSize the chunk size
   * @return the number of bytes
   */
  public static int fragmentBytes(int chunkSize) {
    return ChunkSize.check(chunkSize) - FRAGMENT_RESERVE;
  }

  /** How a codec is written: the number is the format's, whatever becomes of the enum. */
  static byte numberOf(Codec codec) {
    return switch (codec) {
      case STORED -> 0;
      case ZSTANDARD -> 1;
    };
  }

  static Optional<Codec> codecOf(int number) {
    return Arrays.stream(Codec.values()).filter(codec -> numberOf(codec) == number).findFirst();
  }

  static int checksum(byte[] bytes, int length) {
    return checksum(bytes, 0, length);
  }

  static int checksum(byte[] bytes, int start, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, length);
    return (int) crc.getValue();
  }
}
