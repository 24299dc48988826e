package dev.tidemark.conformance.kit.running;

import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.kit.cost.ObservedProvider;
import dev.tidemark.conformance.kit.cost.StorageCalls;
import dev.tidemark.core.ChunkSource;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import java.util.Base64;

/** What another process does with a store. {@link OtherProcesses} starts it. */
public final class OtherProcess {
  private OtherProcess() {}

  /**
   * Does one thing and says so, line by line.
   *
   * @param arguments the class of the provider, the URI, the document, what to do, and with what
   * @throws Exception if the provider cannot be made
   */
  public static void main(String[] arguments) throws Exception {
    BackendProvider provider =
        (BackendProvider) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
    StorageCalls calls = new StorageCalls();
    try (Tidemark store =
        Tidemark.builder(arguments[1])
            .backend(new ObservedProvider(provider, calls))
            .mode(OpenMode.WRITE)
            .open()) {
      Document document = store.document(arguments[2]);
      calls.reset();
      switch (arguments[3]) {
        case "write" -> write(document, arguments[4], Integer.parseInt(arguments[5]));
        case "write and halt" -> {
          calls.haltAt(Integer.parseInt(arguments[5]));
          write(document, arguments[4], Integer.MAX_VALUE);
        }
        case "read" -> say(Base64.getEncoder().encodeToString(read(document, arguments[4])));
        case "pull and halt" -> {
          calls.haltAt(Integer.parseInt(arguments[5]));
          pull(document, arguments[4]);
        }
        default -> throw new IllegalArgumentException(arguments[3]);
      }
    } catch (TidemarkException e) {
      say("refused " + e.code());
      return;
    }
    say("done");
  }

  private static void write(Document document, String replica, int count) {
    for (int i = 0; i < count; i++) {
      document
          .replica(ReplicaId.fromHex(replica))
          .insert(NodeId.ROOT, Placement.last(), Payload.of("by " + replica));
      say("wrote " + document.status().version());
    }
  }

  private static byte[] read(Document document, String token) {
    return document.readChunk(ChunkRequest.resume(token)).chunk().orElseThrow().bytes();
  }

  /** From a source that is made anew in each process, the same each time. */
  private static void pull(Document document, String seed) {
    try (Tidemark senders = PullSource.open()) {
      Document sender = PullSource.fill(senders, document.id(), Long.parseLong(seed));
      document.puller("server", ChunkSource.of(sender::readChunk), PullSource.request()).pull();
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
