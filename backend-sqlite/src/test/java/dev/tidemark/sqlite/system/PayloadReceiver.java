package dev.tidemark.sqlite.system;

import dev.tidemark.api.NodeId;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Applies the chunks that come in, and reads the payload back. */
final class PayloadReceiver {
  private PayloadReceiver() {}

  /**
   * Receives.
   *
   * @param arguments the store's URI, and the file to report to
   * @throws IOException if the sender broke off
   */
  public static void main(String[] arguments) throws IOException {
    ChildReport report = new ChildReport();
    try (Tidemark store = Tidemark.open(arguments[0]);
        DataInputStream input = new DataInputStream(System.in)) {
      Document document = store.document(PayloadSender.NAME);
      for (int size = input.readInt(); size > 0; size = input.readInt()) {
        document.apply(input.readNBytes(size), "sender");
      }
      report.took("receive");
      NodeId node = document.children(NodeId.ROOT, null, 1).nodes().get(0).id();
      try (InputStream content = document.openPayload(node)) {
        report.put("digest", GeneratedContent.digest(content));
      }
      report.took("read");
      report.put("differences", document.verify(ProgressListener.NONE).differenceCount());
      report.took("verify");
    }
    report.writeTo(Path.of(arguments[1]));
  }
}
