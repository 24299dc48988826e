package dev.tidemark.sqlite.system;

import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.core.ChunkSource;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.OpenMode;

/** Pulls one store into another, in small chunks, and tells of each after its commit. */
final class PullingChild {
  static final String NAME = "pulled";
  static final String PEER = "source";
  static final String READY = "ready";
  static final String DONE = "done";

  private PullingChild() {}

  /**
   * Pulls.
   *
   * @param arguments the URI of the source, and that of the target
   */
  public static void main(String[] arguments) {
    System.out.println(READY);
    try (Tidemark source = Tidemark.builder(arguments[0]).mode(OpenMode.READ).open();
        Tidemark target = Tidemark.open(arguments[1])) {
      Document from = source.document(NAME);
      target
          .document(NAME)
          .puller(
              PEER,
              ChunkSource.of(from::readChunk),
              ChunkRequest.after(0).withChunkSize(ChunkSize.MIN))
          .pull(applied -> System.out.println(place(applied.header())));
      System.out.println(DONE);
    }
  }

  /** The place of a chunk in the window, as text that has the order of the places. */
  static String place(ChunkHeader header) {
    ChunkHeader.Fragment fragment = header.fragment();
    return "%08d %08d %012d"
        .formatted(
            header.first().version(),
            header.first().sequence(),
            fragment == null ? 0 : fragment.offset());
  }
}
