package dev.tidemark.sqlite.system;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.core.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * What the chunks of a window are, without their bytes.
 *
 * @param chunks the chunks in their order
 */
record Window(List<Part> chunks) {
  Window {
    chunks = List.copyOf(chunks);
  }

  /** One chunk. */
  record Part(ChunkHeader header, String digest, int size) {
    static Part of(Chunk chunk) {
      return new Part(chunk.header(), GeneratedContent.digest(chunk.bytes()), chunk.size());
    }
  }

  static Window drain(Document document, ChunkRequest request) {
    List<Part> parts = new ArrayList<>();
    for (Chunk chunk : document.changes(request)) {
      parts.add(Part.of(chunk));
    }
    return new Window(parts);
  }

  List<String> digests() {
    return chunks.stream().map(Part::digest).toList();
  }

  /** The tokens behind all chunks but the last. */
  List<String> boundaries() {
    return chunks.stream()
        .filter(part -> !part.header().isFinal())
        .map(part -> part.header().next().token())
        .toList();
  }

  boolean hasBoundaryInsideVersion() {
    return chunks.stream()
        .map(part -> part.header().next())
        .anyMatch(next -> !next.isEnd() && next.offset() == 0 && next.position().sequence() > 0);
  }

  boolean hasBoundaryInsidePayload() {
    return chunks.stream().anyMatch(part -> part.header().next().offset() > 0);
  }

  long bytes() {
    return chunks.stream().mapToLong(Part::size).sum();
  }
}
