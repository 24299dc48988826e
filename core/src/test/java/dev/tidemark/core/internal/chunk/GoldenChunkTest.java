package dev.tidemark.core.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkHeader.Codec;
import dev.tidemark.api.LoggedOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the first release wrote is read for ever (rules C12, C14). */
class GoldenChunkTest {
  static final java.util.List<String> NAMES = GoldenChunks.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void everyGoldenChunkDecodesToWhatItWas(String name) {
    DecodedChunk chunk = ChunkDecoder.decode(GoldenChunks.bytes(name));
    assertThat(GoldenChunks.describe(chunk)).isEqualTo(GoldenChunks.description(name));
  }

  /** Compressors may improve; what they compress must stay as it is. */
  @ParameterizedTest
  @FieldSource("NAMES")
  void whatIsStoredEncodesToTheSameBytes(String name) {
    byte[] golden = GoldenChunks.bytes(name);
    DecodedChunk chunk = ChunkDecoder.decode(golden);
    if (chunk.content() != null || chunk.header().codec() != Codec.STORED) {
      return;
    }
    ChunkCursor next = chunk.header().next();
    ChunkBody body = new ChunkBody(next.window().chunkSize());
    for (LoggedOperation entry : chunk.entries()) {
      assertThat(body.add(entry)).isTrue();
    }
    Chunk again =
        body.isEmpty()
            ? ChunkEncoder.closing(chunk.header().first(), next)
            : ChunkEncoder.encode(body, next);
    assertThat(again.bytes()).isEqualTo(golden);
  }

  @Test
  void everyGoldenTokenDecodesToWhatItWas() {
    assertThat(GoldenChunks.tokens()).hasSizeGreaterThanOrEqualTo(6);
    for (String line : GoldenChunks.tokens()) {
      String[] parts = line.split(" ", 2);
      ChunkCursor cursor = ChunkCursor.parse(parts[0]);
      assertThat(cursor.token()).isEqualTo(parts[0]);
      assertThat(describe(cursor)).isEqualTo(parts[1]);
    }
  }

  static String describe(ChunkCursor cursor) {
    return cursor.stage()
        + " "
        + cursor.window()
        + " at "
        + cursor.position()
        + " offset "
        + cursor.offset()
        + " of "
        + cursor.payload()
        + " spent "
        + cursor.spent()
        + " mark "
        + cursor.mark();
  }
}
