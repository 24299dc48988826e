package dev.tidemark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void sizes() {
    assertThat(Text.size(0)).isEqualTo("0 B");
    assertThat(Text.size(1023)).isEqualTo("1023 B");
    assertThat(Text.size(1536)).isEqualTo("1.5 KiB");
    assertThat(Text.size(256 * 1024)).isEqualTo("256 KiB");
    assertThat(Text.size(5L << 30)).isEqualTo("5.0 GiB");
  }

  @Test
  void countsAndDurations() {
    assertThat(Text.count(4792)).isEqualTo("4,792");
    assertThat(Text.count(1, "chunk")).isEqualTo("1 chunk");
    assertThat(Text.count(0, "chunk")).isEqualTo("0 chunks");
    assertThat(Text.duration(420_000)).isEqualTo("0.42 ms");
    assertThat(Text.duration(42_000_000)).isEqualTo("42 ms");
    assertThat(Text.duration(12_340_000_000L)).isEqualTo("12.3 s");
    assertThat(Text.perSecond(1000, 500_000_000)).isEqualTo(2000);
    assertThat(Text.perSecond(1000, 0)).isZero();
  }

  @Test
  void bytesAreTextWhereTheyArePrintable() {
    assertThat(Text.printable("Grüße".getBytes(StandardCharsets.UTF_8))).isEqualTo("Grüße");
    assertThat(Text.printable(new byte[] {(byte) 0xC3})).isEqualTo("0xc3");
    assertThat(Text.printable("a\nb".getBytes(StandardCharsets.UTF_8))).isEqualTo("0x610a62");
    // Escape sequences in a key must not reach a terminal.
    assertThat(Text.printable(new byte[] {0x1B, '[', '2', 'J'})).isEqualTo("0x1b5b324a");
    assertThat(Text.printable(new byte[0])).isEqualTo("0x");
  }
}
