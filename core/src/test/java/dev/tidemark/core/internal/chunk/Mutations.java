package dev.tidemark.core.internal.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Changes bytes by chance, the same way for the same seed. */
final class Mutations {
  private final Random random;

  Mutations(long seed) {
    random = new Random(seed);
  }

  byte[] mutate(byte[] original, byte[] other) {
    byte[] bytes = original.clone();
    int rounds = 1 + random.nextInt(4);
    for (int i = 0; i < rounds && bytes.length > 0; i++) {
      bytes = mutateOnce(bytes, other);
    }
    return bytes;
  }

  boolean chance() {
    return random.nextBoolean();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private byte[] mutateOnce(byte[] bytes, byte[] other) {
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(8)) {
      case 0 -> with(bytes, at, bytes[at] ^ (1 << random.nextInt(8)));
      case 1 -> with(bytes, at, random.nextInt(256));
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> exaggerated(bytes, at);
      case 4 -> splice(bytes, at, bytes, at);
      case 5 -> splice(bytes, at, other, random.nextInt(other.length));
      case 6 -> without(bytes, at);
      default -> with(bytes, at, bytes[at] + (random.nextBoolean() ? 1 : -1));
    };
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    return bytes;
  }

  /** A number that says much more than there is. */
  private byte[] exaggerated(byte[] bytes, int at) {
    int end = Math.min(bytes.length, at + random.nextInt(9));
    Arrays.fill(bytes, at, Math.max(at, end), (byte) 0xFF);
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at) {
    byte[] removed = Arrays.copyOf(bytes, bytes.length - 1);
    System.arraycopy(bytes, at + 1, removed, at, bytes.length - at - 1);
    return removed;
  }

  private byte[] splice(byte[] bytes, int at, byte[] source, int from) {
    int length = Math.min(1 + random.nextInt(40), source.length - from);
    ByteBuffer spliced = ByteBuffer.allocate(bytes.length + length);
    spliced.put(bytes, 0, at).put(source, from, length).put(bytes, at, bytes.length - at);
    return spliced.array();
  }
}
