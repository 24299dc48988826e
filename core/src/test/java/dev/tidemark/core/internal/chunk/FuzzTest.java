package dev.tidemark.core.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come, decoding ends in a value or in one of the documented errors, and takes
 * memory of the order of the chunk (rules A6, C12). Starts from the golden files. {@code
 * -Dtidemark.fuzz.seconds} makes it run longer, {@code -Dtidemark.fuzz.seed} from elsewhere.
 */
class FuzzTest {
  private static final Set<ErrorCode> CHUNK_ERRORS =
      EnumSet.of(
          ErrorCode.CHUNK_MALFORMED,
          ErrorCode.CHUNK_UNSUPPORTED,
          ErrorCode.CHUNK_TOO_LARGE,
          ErrorCode.INVALID_OPERATION);
  private static final Set<ErrorCode> TOKEN_ERRORS =
      EnumSet.of(ErrorCode.TOKEN_MALFORMED, ErrorCode.TOKEN_UNSUPPORTED);

  /** Enough for a body, its payloads, and what errors and a few thousand operations take. */
  private static final long MOST_BYTES = 4L * ChunkSize.MIN + 4_000_000;

  private final long seed = Long.getLong("tidemark.fuzz.seed", 20261121);
  private final long seconds = Long.getLong("tidemark.fuzz.seconds", 0);
  private final Mutations mutations = new Mutations(seed);
  private final Map<ErrorCode, Integer> met = new EnumMap<>(ErrorCode.class);
  private int decoded;

  @Test
  void noChunkBreaksTheDecoder() {
    List<byte[]> corpus = new ArrayList<>();
    for (String name : GoldenChunks.NAMES) {
      corpus.add(GoldenChunks.bytes(name));
      corpus.add(Tampering.stored(GoldenChunks.bytes(name)));
    }
    run(
        15_000,
        i -> {
          byte[] bytes = mutations.mutate(pick(corpus), pick(corpus));
          if (mutations.below(8) > 0) {
            Tampering.withChecksum(bytes);
          }
          requireTyped(CHUNK_ERRORS, bytes, input -> ChunkDecoder.decode(input));
        });
    assertThat(met.keySet()).contains(ErrorCode.CHUNK_MALFORMED, ErrorCode.CHUNK_UNSUPPORTED);
    assertThat(decoded).as("some changes make other valid chunks").isPositive();
  }

  /** Changes behind the header and the compressor, where operations are decoded. */
  @Test
  void noBodyBreaksTheDecoder() {
    List<byte[]> corpus =
        GoldenChunks.NAMES.stream().map(GoldenChunks::bytes).map(Tampering::stored).toList();
    run(
        15_000,
        i -> {
          byte[] chunk = pick(corpus);
          int start = Tampering.header(chunk).length;
          int length = chunk.length - start - ChunkFormat.CHECKSUM_BYTES;
          byte[] body = new byte[Math.min(length, 4_000)];
          System.arraycopy(chunk, start, body, 0, body.length);
          byte[] changed = mutations.mutate(body.length == 0 ? new byte[1] : body, chunk);
          byte[] bytes = Tampering.withBody(chunk, 0, changed.length, changed);
          requireTyped(CHUNK_ERRORS, bytes, input -> ChunkDecoder.decode(input));
        });
    assertThat(met.keySet()).contains(ErrorCode.CHUNK_MALFORMED, ErrorCode.INVALID_OPERATION);
  }

  @Test
  void noTokenBreaksItsDecoder() {
    List<byte[]> corpus =
        GoldenChunks.tokens().stream()
            .map(line -> Base64.getUrlDecoder().decode(line.split(" ", 2)[0]))
            .toList();
    run(
        15_000,
        i -> {
          byte[] bytes = mutations.mutate(pick(corpus), pick(corpus));
          if (mutations.below(8) > 0) {
            Tampering.withChecksum(bytes);
          }
          String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
          String text =
              mutations.below(8) > 0
                  ? token
                  : new String(
                      mutations.mutate(
                          (token + "x").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                          bytes.length == 0 ? new byte[1] : bytes),
                      java.nio.charset.StandardCharsets.ISO_8859_1);
          requireTyped(
              TOKEN_ERRORS,
              bytes,
              input -> assertThat(ChunkCursor.parse(text).token()).isEqualTo(text));
        });
    assertThat(met.keySet()).isEqualTo(TOKEN_ERRORS);
    assertThat(decoded).isPositive();
  }

  private void run(int least, Consumer<Integer> step) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    for (int i = 0; i < least || System.nanoTime() < end; i++) {
      step.accept(i);
    }
  }

  private byte[] pick(List<byte[]> corpus) {
    return corpus.get(mutations.below(corpus.size()));
  }

  private void requireTyped(Set<ErrorCode> allowed, byte[] bytes, Consumer<byte[]> decoder) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      decoder.accept(bytes);
      decoded++;
    } catch (TidemarkException e) {
      if (!allowed.contains(e.code())) {
        throw new AssertionError(describe(bytes), e);
      }
      met.merge(e.code(), 1, Integer::sum);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(describe(bytes), e);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    if (allocated > MOST_BYTES) {
      throw new AssertionError(allocated + " bytes allocated: " + describe(bytes));
    }
  }

  private String describe(byte[] bytes) {
    String hex = java.util.HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 2_000));
    return "seed " + seed + ", input " + hex;
  }
}
