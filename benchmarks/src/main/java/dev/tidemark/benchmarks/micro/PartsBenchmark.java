package dev.tidemark.benchmarks.micro;

import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.benchmarks.data.Bytes;
import dev.tidemark.core.internal.tree.OrderKeys;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Tokens, digests and order keys. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PartsBenchmark {
  private static final DocumentId DOCUMENT = DocumentId.of("bench");

  private final ChunkCursor cursor =
      ChunkRequest.after(7).withWatermark(1_000_000).cursorOf(DOCUMENT);
  private final String token = cursor.token();
  private final byte[] small = new Bytes(1).next(200);
  private final byte[] large = new Bytes(2).next(1 << 20);
  private final OrderKey lower = key(1);
  private final OrderKey upper = key(2);
  private long salt;

  /** Made by JMH. */
  public PartsBenchmark() {}

  private static OrderKey key(int first) {
    return OrderKey.of(new byte[] {(byte) 0x80, (byte) first});
  }

  /**
   * Writes a token.
   *
   * @return the token
   */
  @Benchmark
  public String writeToken() {
    return cursor.token();
  }

  /**
   * Reads a token.
   *
   * @return the cursor
   */
  @Benchmark
  public ChunkCursor readToken() {
    return ChunkCursor.parse(token);
  }

  /**
   * Computes the digest of 200 B.
   *
   * @return the digest
   */
  @Benchmark
  public PayloadDigest digestSmall() {
    return PayloadDigest.ofContent(small);
  }

  /**
   * Computes the digest of 1 MiB.
   *
   * @return the digest
   */
  @Benchmark
  public PayloadDigest digestLarge() {
    return PayloadDigest.ofContent(large);
  }

  /**
   * Finds an order key between two.
   *
   * @return the key
   */
  @Benchmark
  public Optional<OrderKey> orderKeyBetween() {
    return OrderKeys.between(lower, upper, salt++);
  }

  /**
   * Finds an order key behind the last.
   *
   * @return the key
   */
  @Benchmark
  public Optional<OrderKey> orderKeyBehind() {
    return OrderKeys.between(upper, null, salt++);
  }
}
