package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.LoggedOperation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The checked-in files of the first release. They are never made again: every later release decodes
 * them to the same values.
 */
public final class GoldenChunks {
  public static final List<String> NAMES =
      List.of("worked-example", "every-kind", "compressed", "fragment", "closing");

  private GoldenChunks() {}

  public static byte[] bytes(String name) {
    return HexFormat.of().parseHex(text("chunk-1/" + name + ".hex").replaceAll("\\s", ""));
  }

  public static String description(String name) {
    return text("chunk-1/" + name + ".txt");
  }

  public static List<String> tokens() {
    return text("token-1/tokens.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  /** Everything that a chunk says, one thing a line. */
  public static String describe(DecodedChunk chunk) {
    ChunkHeader header = chunk.header();
    StringBuilder text = new StringBuilder();
    text.append("format ").append(header.format()).append('\n');
    text.append("codec ").append(header.codec()).append('\n');
    text.append("first ").append(header.first()).append('\n');
    text.append("last ").append(header.last()).append('\n');
    text.append("next ").append(header.next().token()).append('\n');
    text.append("final ").append(header.isFinal()).append('\n');
    for (LoggedOperation entry : chunk.entries()) {
      text.append(entry).append('\n');
    }
    chunk
        .fragment()
        .ifPresent(
            fragment -> {
              byte[] bytes = new byte[fragment.bytes().remaining()];
              fragment.bytes().duplicate().get(bytes);
              text.append(fragment.operation()).append('\n');
              text.append(fragment.range()).append('\n');
              text.append("sha256 ")
                  .append(dev.tidemark.api.PayloadDigest.ofContent(bytes))
                  .append('\n');
            });
    return text.toString();
  }

  private static String text(String name) {
    try (InputStream in = GoldenChunks.class.getResourceAsStream("/golden/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
