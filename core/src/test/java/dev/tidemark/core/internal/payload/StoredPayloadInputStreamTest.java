package dev.tidemark.core.internal.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A stored payload reads as the stream of its bytes, in whole pieces. */
class StoredPayloadInputStreamTest {
  private final byte[] content = randomBytes(3 * PayloadLayout.READ_BYTES + 77);
  private final AtomicInteger reads = new AtomicInteger();
  private final StoredPayloadInputStream stream =
      new StoredPayloadInputStream(this::range, content.length);

  @Test
  void aTransferReadsEachByteOnce() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(stream.transferTo(out)).isEqualTo(content.length);
    assertThat(out.toByteArray()).isEqualTo(content);
    assertThat(reads).hasValue(4);
    assertThat(stream.read()).isEqualTo(-1);
  }

  @Test
  void skippedBytesAreNotRead() throws IOException {
    assertThat(stream.read()).isEqualTo(content[0] & 0xFF);
    assertThat(stream.skip(2L * PayloadLayout.READ_BYTES)).isEqualTo(2 * PayloadLayout.READ_BYTES);
    assertThat(stream.readNBytes(100))
        .isEqualTo(
            Arrays.copyOfRange(
                content, 2 * PayloadLayout.READ_BYTES + 1, 2 * PayloadLayout.READ_BYTES + 101));
    assertThat(reads).hasValue(2);
    assertThat(stream.skip(Long.MAX_VALUE)).isEqualTo(PayloadLayout.READ_BYTES + 77 - 101);
    assertThat(stream.read()).isEqualTo(-1);
    assertThat(stream.skip(-1)).isZero();
  }

  @Test
  void aClosedStreamRefuses() {
    stream.close();
    assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
  }

  private byte[] range(long offset, int length) {
    reads.incrementAndGet();
    return Arrays.copyOfRange(content, (int) offset, (int) offset + length);
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(5).nextBytes(bytes);
    return bytes;
  }
}
