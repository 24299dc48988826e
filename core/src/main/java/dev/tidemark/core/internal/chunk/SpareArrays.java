package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ChunkSize;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that chunk bodies were written to, for the next ones. A fresh array of a chunk's size is
 * zeroed first, and grows by copying: a seventh of the time that a chunk of large payloads takes.
 *
 * <p>At most one per processor is kept, none of chunks beyond the default size, and all of them
 * give way when memory is needed for something else.
 */
final class SpareArrays {
  private static final int MOST = Runtime.getRuntime().availableProcessors();

  private static final int LONGEST = ChunkSize.DEFAULT + ChunkBody.OVERHANG;

  private static final Deque<SoftReference<byte[]>> SPARE = new ArrayDeque<>();

  private SpareArrays() {}

  /** Returns an array of any size and content, or null. */
  static byte @Nullable [] take() {
    synchronized (SPARE) {
      byte[] array = null;
      while (array == null && !SPARE.isEmpty()) {
        array = SPARE.pop().get();
      }
      return array;
    }
  }

  /** Takes an array that nobody uses any more. */
  static void give(byte[] array) {
    if (array.length > LONGEST) {
      return;
    }
    synchronized (SPARE) {
      if (SPARE.size() < MOST) {
        SPARE.push(new SoftReference<>(array));
      }
    }
  }
}
