package dev.tidemark.core.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkCursor.PayloadIdentity;
import dev.tidemark.api.ChunkCursor.Stage;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ChunkWindow;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.Limits;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The longest possible fields fit into what the format keeps free for them (rule C3). */
class ChunkReserveTest {
  private static final long LARGEST = Long.MAX_VALUE - 1;

  private final Position position = new Position(LARGEST, Integer.MAX_VALUE);
  private final Payload payload =
      Payload.reference(Long.MAX_VALUE, PayloadDigest.of(new byte[PayloadDigest.BYTES]));
  private final OperationId id = new OperationId(longReplica(255), Limits.MAX_COUNT);
  private final LoggedOperation longest =
      new LoggedOperation(
          position,
          new Operation.Insert(
              id,
              Limits.MAX_COUNT,
              new NodeId(-1, -1),
              new NodeId(-1, -2),
              OrderKey.of(new byte[Limits.MAX_ORDER_KEY_BYTES]),
              payload));

  @Test
  void theLongestFragmentFitsTheSmallestChunk() {
    // An offset with the most digits; the bytes themselves are random and so stay uncompressed.
    int most = ChunkFormat.fragmentBytes(ChunkSize.MIN);
    long offset = (Long.MAX_VALUE / most - 2) * most;
    ChunkBody body = ChunkBody.ofFragment(ChunkSize.MIN, longest, payload, offset);
    ChunkCursor next = longestCursor(offset + most);
    Chunk chunk = ChunkEncoder.encode(body, next);
    assertThat(body.size() - most)
        .isLessThanOrEqualTo(ChunkFormat.FRAGMENT_RESERVE - ChunkFormat.HEADER_RESERVE);
    assertThat(overhead(next)).isLessThanOrEqualTo(ChunkFormat.HEADER_RESERVE);
    assertThat(ChunkDecoder.decode(chunk.bytes()).header()).isEqualTo(chunk.header());
  }

  @Test
  void theLargestDeleteFitsTheSmallestChunk() {
    dev.tidemark.api.KnownOperations.Builder known = dev.tidemark.api.KnownOperations.builder();
    long count = (Limits.MAX_KNOWN_WEIGHT - 10 - Limits.MAX_REPLICA_ID_BYTES) / 16;
    for (long i = 0; i < count; i++) {
      long from = Limits.MAX_COUNT / count * i + 1;
      known.add(longReplica(7), from, from + Limits.MAX_COUNT / count / 2);
    }
    LoggedOperation delete =
        new LoggedOperation(
            position,
            new Operation.Delete(id, Limits.MAX_COUNT, new NodeId(-1, -1), known.build()));
    assertThat(ChunkBody.fits(ChunkSize.MIN, delete)).isTrue();
  }

  @Test
  void whatDoesNotFitTakesAtLeastTwoFragments() {
    for (int size : new int[] {ChunkSize.MIN, ChunkSize.DEFAULT, ChunkSize.MAX}) {
      assertThat(ChunkFormat.fragmentBytes(size)).isLessThan(smallestFragmented(size));
    }
  }

  private int smallestFragmented(int size) {
    int payloadSize = ChunkFormat.bodyLimit(size);
    while (!ChunkBody.fits(size, withPayload(payloadSize))) {
      payloadSize--;
    }
    return payloadSize + 1;
  }

  private LoggedOperation withPayload(int size) {
    Operation.Insert insert = (Operation.Insert) longest.operation();
    return new LoggedOperation(
        position, insert.withPayload(Payload.reference(size, payload.digest())));
  }

  private int overhead(ChunkCursor next) {
    ChunkBody body = ChunkBody.ofFragment(ChunkSize.MIN, longest, payload, 0);
    Chunk chunk = ChunkEncoder.encode(body, next);
    int token = java.util.Base64.getUrlDecoder().decode(next.token()).length;
    int numbers = 2 + 2 * (9 + 5) + 3 + 4;
    assertThat(chunk.header().next()).isEqualTo(next);
    return ChunkFormat.CODEC_AT + 2 + token + numbers + ChunkFormat.CHECKSUM_BYTES;
  }

  private ChunkCursor longestCursor(long offset) {
    Set<ReplicaId> replicas = new TreeSet<>();
    for (int i = 0; i < OperationFilter.MAX_REPLICAS; i++) {
      replicas.add(longReplica(i));
    }
    replicas.remove(longReplica(0));
    replicas.add(longReplica(255));
    ChunkWindow window =
        new ChunkWindow(
            DocumentId.of("d".repeat(Limits.MAX_DOCUMENT_ID_BYTES)),
            LARGEST - 1,
            LARGEST,
            OperationFilter.only(replicas),
            ChunkSize.MIN,
            Long.MAX_VALUE);
    return new ChunkCursor(
        window,
        Stage.SENDING,
        position,
        offset,
        new PayloadIdentity(id, payload.digest()),
        Long.MAX_VALUE,
        null);
  }

  private static ReplicaId longReplica(int value) {
    byte[] bytes = new byte[Limits.MAX_REPLICA_ID_BYTES];
    Arrays.fill(bytes, (byte) value);
    return ReplicaId.of(bytes);
  }
}
