package dev.tidemark.sqlite.system;

import dev.tidemark.api.ChunkRequest;
import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;

/** Finds the budget: the size up to which the payloads of {@link MixedLog} are not fragmented. */
final class LargestWholePayload {
  private LargestWholePayload() {}

  static int inChunksOf(int chunkSize) {
    int whole = 0;
    int fragmented = chunkSize;
    while (fragmented - whole > 1) {
      int middle = (whole + fragmented) / 2;
      if (isFragmented(middle, chunkSize)) {
        fragmented = middle;
      } else {
        whole = middle;
      }
    }
    return whole;
  }

  private static boolean isFragmented(int size, int chunkSize) {
    try (Tidemark store =
        Tidemark.builder("memory:").backend(new InMemoryBackendProvider()).open()) {
      Document document = store.document("budget");
      new MixedLog(document, 1).payload(size);
      return Window.drain(document, ChunkRequest.after(0).withChunkSize(chunkSize))
          .chunks()
          .stream()
          .anyMatch(part -> part.header().fragment() != null);
    }
  }
}
