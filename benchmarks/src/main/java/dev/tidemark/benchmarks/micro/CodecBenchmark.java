package dev.tidemark.benchmarks.micro;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Position;
import dev.tidemark.benchmarks.data.BalancedTree;
import dev.tidemark.core.ChunkInspection;
import dev.tidemark.core.internal.chunk.ChunkReader;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.RowVisitor;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Encoding and decoding one chunk of 256 KiB, of inserts with 200 B each, without a store. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
  private static final DocumentId DOCUMENT = DocumentId.of("bench");
  private static final int OPERATIONS = 2_000;

  private final ChunkReader reader = new ChunkReader();
  private final ReadTransaction log = log();
  private final ChunkCursor start =
      ChunkRequest.after(0).withChunkSize(256 << 10).cursorOf(DOCUMENT);
  private byte[] encoded = {};

  /** Made by JMH. */
  public CodecBenchmark() {}

  /** Encodes the chunk that is decoded. */
  @Setup
  public void prepare() {
    encoded = encode().bytes();
  }

  /**
   * Encodes.
   *
   * @return the chunk
   */
  @Benchmark
  public Chunk encode() {
    return reader.read(log, start).chunk().orElseThrow();
  }

  /**
   * Decodes.
   *
   * @return what is in it
   */
  @Benchmark
  public ChunkInspection decode() {
    return ChunkInspection.of(encoded);
  }

  /** A log in memory: what is measured is the codec alone. */
  private static ReadTransaction log() {
    List<LoggedOperation> rows = new ArrayList<>();
    for (Operation operation : new BalancedTree(200, 0).batch(1, OPERATIONS)) {
      rows.add(new LoggedOperation(new Position(1, rows.size()), operation));
    }
    DocumentState state =
        new DocumentState(
            1,
            OPERATIONS,
            rows.get(OPERATIONS - 1).operation().key(),
            null,
            Position.afterVersion(1),
            0,
            null);
    return (ReadTransaction)
        Proxy.newProxyInstance(
            CodecBenchmark.class.getClassLoader(),
            new Class<?>[] {ReadTransaction.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "document" -> DOCUMENT;
                  case "state" -> state;
                  case "scanLog" -> {
                    @SuppressWarnings("unchecked") // as ReadTransaction declares it
                    RowVisitor<LoggedOperation> visitor =
                        (RowVisitor<LoggedOperation>) arguments[2];
                    for (LoggedOperation row : rows) {
                      if (!visitor.visit(row)) {
                        break;
                      }
                    }
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
