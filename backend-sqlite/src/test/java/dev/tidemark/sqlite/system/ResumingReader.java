package dev.tidemark.sqlite.system;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.OpenMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the chunk at each token of a file, through a store that is opened for it alone. */
final class ResumingReader {
  private ResumingReader() {}

  /**
   * Prints the digests of the chunks.
   *
   * @param arguments the store's URI, the document and the file
   * @throws IOException if the file cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    for (String token : Files.readAllLines(Path.of(arguments[2]))) {
      try (Tidemark store = Tidemark.builder(arguments[0]).mode(OpenMode.READ).open()) {
        Chunk chunk =
            store
                .document(arguments[1])
                .readChunk(ChunkRequest.resume(token))
                .chunk()
                .orElseThrow();
        System.out.println(GeneratedContent.digest(chunk.bytes()));
      }
    }
  }
}
