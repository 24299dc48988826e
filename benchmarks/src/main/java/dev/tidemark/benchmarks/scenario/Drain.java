package dev.tidemark.benchmarks.scenario;

import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.core.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A window that is read chunk by chunk, each call on a fresh read transaction with nothing but the
 * token that the call before returned.
 */
final class Drain {
  private final List<Long> nanos = new ArrayList<>();
  private long bytes;
  private long operations;
  private boolean isLastPartial;

  private Drain() {}

  /** Reads all of a document. */
  static Drain of(Document document, int chunkSize, Consumer<byte[]> sink) {
    Drain drain = new Drain();
    drain.read(document, ChunkRequest.after(0).withChunkSize(chunkSize), sink, Integer.MAX_VALUE);
    return drain;
  }

  /** Reads the first chunks of a document. */
  static Drain first(Document document, int chunkSize, int chunks) {
    Drain drain = new Drain();
    drain.read(document, ChunkRequest.after(0).withChunkSize(chunkSize), bytes -> {}, chunks);
    return drain;
  }

  private void read(Document document, ChunkRequest start, Consumer<byte[]> sink, int mostCalls) {
    ChunkRequest request = start;
    while (nanos.size() < mostCalls) {
      long before = System.nanoTime();
      ChunkResult result = document.readChunk(request);
      String token = result.next().token();
      nanos.add(System.nanoTime() - before);
      result
          .chunk()
          .ifPresent(
              chunk -> {
                bytes += chunk.size();
                operations += chunk.header().operations();
                sink.accept(chunk.bytes());
              });
      if (result.isEnd()) {
        isLastPartial = true;
        return;
      }
      request = ChunkRequest.resume(token);
    }
  }

  /** The seconds of all calls. */
  double seconds() {
    return nanos.stream().mapToLong(n -> n).sum() / 1e9;
  }

  /** Encoded bytes. */
  long bytes() {
    return bytes;
  }

  long operations() {
    return operations;
  }

  /** The seconds of each call, but the last when it had less to do. */
  List<Double> latencies() {
    int full = nanos.size() > 1 && isLastPartial ? nanos.size() - 1 : nanos.size();
    return nanos.subList(0, full).stream().map(n -> n / 1e9).toList();
  }

  /** How many times as long a call of the last tenth took as one of the first, on average. */
  double lastTenthToFirst() {
    List<Double> latencies = latencies();
    int tenth = (latencies.size() + 9) / 10;
    return mean(latencies.subList(latencies.size() - tenth, latencies.size()))
        / mean(latencies.subList(0, tenth));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElse(0);
  }
}
