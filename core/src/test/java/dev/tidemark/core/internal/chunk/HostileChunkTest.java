package dev.tidemark.core.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.TidemarkException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that nobody honest sends (rule A6). */
class HostileChunkTest {
  private final byte[] example = GoldenChunks.bytes("worked-example");

  @Test
  void everyTruncationIsDamaged() {
    for (int length = 0; length < example.length; length++) {
      requireCode(ErrorCode.CHUNK_MALFORMED, Arrays.copyOf(example, length));
      byte[] fitted = Tampering.withChecksum(Arrays.copyOf(example, length));
      assertThatThrownBy(() -> ChunkDecoder.decode(fitted)).isInstanceOf(TidemarkException.class);
    }
  }

  @Test
  void everyFlippedBitIsNoticed() {
    for (int bit = 0; bit < 8 * example.length; bit++) {
      byte[] flipped = example.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      requireCode(ErrorCode.CHUNK_MALFORMED, flipped);
    }
  }

  @Test
  void futureFormatsAndUnknownCodecsAreNamed() {
    byte[] future = example.clone();
    future[4] = 2;
    requireCode(ErrorCode.CHUNK_UNSUPPORTED, Tampering.withChecksum(future));
    byte[] codec = example.clone();
    codec[ChunkFormat.CODEC_AT] = 2;
    requireCode(ErrorCode.CHUNK_UNSUPPORTED, Tampering.withChecksum(codec));
    byte[] flags = example.clone();
    flags[6] |= 4;
    requireCode(ErrorCode.CHUNK_MALFORMED, Tampering.withChecksum(flags));
  }

  @Test
  void chunksBeyondTheirSizeAreRefused() {
    requireCode(ErrorCode.CHUNK_TOO_LARGE, new byte[ChunkSize.MAX + 1]);
    byte[] body = new byte[ChunkSize.MIN];
    requireCode(ErrorCode.CHUNK_TOO_LARGE, Tampering.withBody(example, 0, body.length, body));
  }

  @Test
  void lengthsThatLieAreRefusedBeforeMemoryIsTaken() {
    byte[] bomb = Zstd.compress(new byte[100_000_000]);
    byte[] small = Zstd.compress(new byte[10]);
    requireCheap(ErrorCode.CHUNK_TOO_LARGE, Tampering.withBody(example, 1, 100_000_000, bomb));
    requireCheap(ErrorCode.CHUNK_TOO_LARGE, Tampering.withBody(example, 1, Long.MAX_VALUE, bomb));
    requireCheap(ErrorCode.CHUNK_MALFORMED, Tampering.withBody(example, 1, 1_000, bomb));
    requireCheap(ErrorCode.CHUNK_MALFORMED, Tampering.withBody(example, 1, 200_000, small));
    byte[] two = Arrays.copyOf(small, 2 * small.length);
    System.arraycopy(small, 0, two, small.length, small.length);
    requireCheap(ErrorCode.CHUNK_MALFORMED, Tampering.withBody(example, 1, 10, two));
    requireCheap(ErrorCode.CHUNK_MALFORMED, Tampering.withBody(example, 1, 43, new byte[43]));
  }

  @ParameterizedTest
  @CsvSource({
    // kind 6, bit 7, a first operation that is elsewhere, one without author
    "CHUNK_MALFORMED, 6e",
    "CHUNK_MALFORMED, e9",
    "CHUNK_MALFORMED, 610002aa01",
    "CHUNK_MALFORMED, 79",
    // references to what is not there, ids of no or too many bytes, a number that is too long
    "CHUNK_MALFORMED, 6901",
    "CHUNK_MALFORMED, 690000",
    "CHUNK_MALFORMED, 690041",
    "CHUNK_MALFORMED, 690001aa02",
    "CHUNK_MALFORMED, 69008100aa",
    "CHUNK_MALFORMED, 6900ffffffffffffffffffff01",
    // a move of the root, a node under itself, counter 0, an order key that is too long
    "INVALID_OPERATION, 6a0001aa010100",
    "INVALID_OPERATION, 6a0001aa00222222222222222222222222222222220200",
    "INVALID_OPERATION, 4a0001aa0000222222222222222222222222222222220100",
    "CHUNK_MALFORMED, 6a0001aa002222222222222222222222222222222201ffff7f",
    // a delete of the root, known counters out of range, a known replica without ranges
    "INVALID_OPERATION, 6d0001aa0100",
    "INVALID_OPERATION, 6d0001aa00222222222222222222222222222222220101" + "01ffffffffffffffff7f01",
    "CHUNK_MALFORMED, 6d0001aa0022222222222222222222222222222222010100"
  })
  void bodiesThatMakeNoSenseAreRefused(ErrorCode code, String hex) {
    byte[] body = HexFormat.of().parseHex(hex);
    requireCode(code, Tampering.withBody(example, 0, body.length, body));
  }

  /** Ranges are what grows most when it is decoded. */
  @Test
  void theMostRangesThatFitTakeMemoryOfTheOrderOfTheChunk() {
    TestStore store = new TestStore(TestOperations.DOCUMENT);
    Operation insert = new TestOperations(1).insert(0, new byte[0]);
    KnownOperations.Builder known = KnownOperations.builder();
    for (int i = 0; i < 4_000; i++) {
      known.add(TestOperations.BOB, 2L * i + 1, 2L * i + 1);
    }
    List<Operation> deletes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      OperationId id = new OperationId(TestOperations.ALICE, i + 1);
      deletes.add(new Operation.Delete(id, i + 1, insert.node(), known.build()));
    }
    TestLog.append(store, deletes.toArray(new Operation[0]));
    Chunk chunk =
        new ChunkReader()
            .read(
                store,
                ChunkRequest.after(0).withChunkSize(ChunkSize.MIN).cursorOf(store.document()))
            .chunk()
            .orElseThrow();
    assertThat(chunk.header().operations()).isLessThan(deletes.size());
    long before = allocated();
    ChunkDecoder.decode(chunk.bytes());
    assertThat(allocated() - before).isLessThan(20L * ChunkSize.MIN);
  }

  private static void requireCheap(ErrorCode code, byte[] chunk) {
    long before = allocated();
    requireCode(code, chunk);
    assertThat(allocated() - before).isLessThan(ChunkSize.MIN + 1_000_000);
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static void requireCode(ErrorCode code, byte[] chunk) {
    assertThatThrownBy(() -> ChunkDecoder.decode(chunk))
        .isInstanceOfSatisfying(TidemarkException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
