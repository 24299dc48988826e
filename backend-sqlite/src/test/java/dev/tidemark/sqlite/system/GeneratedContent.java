package dev.tidemark.sqlite.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Bytes that follow from a seed, of which a quarter can be compressed. */
final class GeneratedContent extends InputStream {
  private static final int BLOCK_BYTES = 4096;

  private final long seed;
  private final long size;
  private final byte[] block = new byte[BLOCK_BYTES];
  private long at;

  GeneratedContent(long seed, long size) {
    this.seed = seed;
    this.size = size;
  }

  static byte[] bytes(long seed, int size) {
    return new GeneratedContent(seed, size).readNBytes(size);
  }

  static String digest(long seed, long size) throws IOException {
    return digest(new GeneratedContent(seed, size));
  }

  /** Reads to the end. Returns the SHA-256 in hexadecimal digits. */
  static String digest(InputStream content) throws IOException {
    DigestInputStream digesting = new DigestInputStream(content, sha256());
    digesting.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
  }

  static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (at == size) {
      return length == 0 ? 0 : -1;
    }
    int inBlock = (int) (at % BLOCK_BYTES);
    if (inBlock == 0) {
      fill(at / BLOCK_BYTES);
    }
    int count = (int) Math.min(Math.min(length, BLOCK_BYTES - inBlock), size - at);
    System.arraycopy(block, inBlock, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public byte[] readNBytes(int length) {
    byte[] bytes = new byte[length];
    int count = 0;
    while (count < length) {
      int read = read(bytes, count, length - count);
      if (read < 0) {
        return Arrays.copyOf(bytes, count);
      }
      count += read;
    }
    return bytes;
  }

  private void fill(long number) {
    if (number % 4 == 3) {
      Arrays.fill(block, (byte) number);
    } else {
      // Not the generator's own step, with which each block would be the one before, shifted.
      new SplittableRandom(seed ^ (number * 0xD1342543DE82EF95L)).nextBytes(block);
    }
  }
}
