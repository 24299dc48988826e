package dev.tidemark.core.internal.tree;

/**
 * Whole numbers as byte strings of 1 to 8 bytes whose order as unsigned bytes is the order of the
 * numbers, none a prefix of another. Every byte string is a row of such numbers, the last of them
 * perhaps cut short.
 *
 * <p>The first byte tells the length, so numbers near the middle are short: half of all first bytes
 * stand for themselves, and each further byte of length has fewer of them, on both sides.
 *
 * @param rank the number, from 0
 * @param length the bytes that it takes
 */
record KeyInteger(long rank, int length) {
  /** The first of the first bytes of each class, ascending. */
  private static final int[] FIRST_BYTE = {
    0x00, 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0xC0, 0xE0, 0xF0, 0xF8, 0xFC, 0xFE, 0xFF, 0x100
  };

  /** How many bytes follow the first one. */
  private static final int[] MORE_BYTES = {7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7};

  /** The smallest number of each class, and behind the last one the number of numbers. */
  private static final long[] FIRST_RANK = firstRanks();

  static final long MAX_RANK = FIRST_RANK[MORE_BYTES.length] - 1;

  /** The number whose only byte is 0x80. */
  static final long MIDDLE_RANK = FIRST_RANK[7] + 0x40;

  private static long[] firstRanks() {
    long[] ranks = new long[MORE_BYTES.length + 1];
    for (int i = 0; i < MORE_BYTES.length; i++) {
      int firsts = FIRST_BYTE[i + 1] - FIRST_BYTE[i];
      ranks[i + 1] = ranks[i] + ((long) firsts << (8 * MORE_BYTES[i]));
    }
    return ranks;
  }

  /** Reads the number at a place before the end; bytes that are cut off count as zero. */
  static KeyInteger at(byte[] key, int place) {
    int first = key[place] & 0xFF;
    int i = 0;
    while (first >= FIRST_BYTE[i + 1]) {
      i++;
    }
    int ofClass = first - FIRST_BYTE[i];
    long offset = ofClass;
    for (int more = 1; more <= MORE_BYTES[i]; more++) {
      int next = place + more < key.length ? key[place + more] & 0xFF : 0;
      offset = offset << 8 | next;
    }
    return new KeyInteger(FIRST_RANK[i] + offset, 1 + MORE_BYTES[i]);
  }

  static byte[] encode(long rank) {
    int i = 0;
    while (rank >= FIRST_RANK[i + 1]) {
      i++;
    }
    long offset = rank - FIRST_RANK[i];
    byte[] bytes = new byte[1 + MORE_BYTES[i]];
    for (int place = bytes.length - 1; place > 0; place--) {
      bytes[place] = (byte) offset;
      offset >>>= 8;
    }
    bytes[0] = (byte) (FIRST_BYTE[i] + offset);
    return bytes;
  }
}
