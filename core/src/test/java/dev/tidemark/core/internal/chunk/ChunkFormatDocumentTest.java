package dev.tidemark.core.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The bytes that docs/chunk-format.md takes apart are those that the encoder writes (rule C14). */
class ChunkFormatDocumentTest {
  @Test
  void theWorkedExampleIsWhatTheEncoderWrites() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "chunk-format.md"));
    String block = text.substring(text.indexOf("```chunk\n") + 9);
    String documented =
        block
            .substring(0, block.indexOf("```"))
            .lines()
            .map(line -> line.split("   ", 2)[0])
            .collect(Collectors.joining())
            .replace(" ", "")
            .toLowerCase(Locale.ROOT);
    assertThat(HexFormat.of().formatHex(WorkedExample.chunk().bytes())).isEqualTo(documented);
    assertThat(GoldenChunks.bytes("worked-example")).isEqualTo(WorkedExample.chunk().bytes());
  }
}
