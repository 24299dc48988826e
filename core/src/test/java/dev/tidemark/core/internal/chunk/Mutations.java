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
    switch (random.nextInt(8)) {
      case 0:
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
      case 1:
        bytes[at] = (byte) random.nextInt(256);
        return bytes;
      case 2:
        return Arrays.copyOf(bytes, at);
      case 3:
        // A number that says much more than there is.
        for (int i = at; i < Math.min(bytes.length, at + random.nextInt(9)); i++) {
          bytes[i] = (byte) 0xFF;
        }
        return bytes;
      case 4:
        return splice(bytes, at, bytes, at);
      case 5:
        return splice(bytes, at, other, random.nextInt(other.length));
      case 6:
        byte[] removed = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, removed, 0, at);
        System.arraycopy(bytes, at + 1, removed, at, bytes.length - at - 1);
        return removed;
      default:
        bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
        return bytes;
    }
  }

  private byte[] splice(byte[] bytes, int at, byte[] source, int from) {
    int length = Math.min(1 + random.nextInt(40), source.length - from);
    ByteBuffer spliced = ByteBuffer.allocate(bytes.length + length);
    spliced.put(bytes, 0, at).put(source, from, length).put(bytes, at, bytes.length - at);
    return spliced.array();
  }
}
