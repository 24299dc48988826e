package dev.tidemark.sqlite.system;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Appends one large payload from a stream, and writes the chunks of the window to its output. */
final class PayloadSender {
  static final long SEED = 42;
  static final String NAME = "large";

  private PayloadSender() {}

  /**
   * Appends and sends.
   *
   * @param arguments the store's URI, the size of the payload, and the file to report to
   * @throws IOException if the receiver is gone
   */
  public static void main(String[] arguments) throws IOException {
    long size = Long.parseLong(arguments[1]);
    ChildReport report = new ChildReport();
    DataOutputStream output = new DataOutputStream(System.out);
    try (Tidemark store = Tidemark.open(arguments[0])) {
      Document document = store.document(NAME);
      document
          .replica(ReplicaId.fromHex("a1"))
          .insert(NodeId.ROOT, Placement.last(), () -> new GeneratedContent(SEED, size));
      report.took("append");
      int chunks = 0;
      long bytes = 0;
      for (Chunk chunk : document.changes(ChunkRequest.after(0))) {
        output.writeInt(chunk.size());
        output.write(chunk.bytes());
        chunks++;
        bytes += chunk.size();
      }
      output.writeInt(0);
      output.flush();
      report.took("drain");
      report.put("chunks", chunks).put("bytes", bytes);
    }
    report.writeTo(Path.of(arguments[2]));
  }
}
