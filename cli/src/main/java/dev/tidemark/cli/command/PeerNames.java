package dev.tidemark.cli.command;

import dev.tidemark.api.Limits;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.Position;
import dev.tidemark.core.Document;
import dev.tidemark.spi.StoreLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Makes the name under which a target keeps how far it read a source. */
final class PeerNames {
  private static final int MARK_BYTES = 8;

  private PeerNames() {}

  /**
   * The source's place, and a mark of the first version of its log. Places are taken over by other
   * stores; the place in the log that was reached would then say nothing, and operations would be
   * left out. The first version of a log never changes.
   */
  static String of(String uri, Document source) {
    MessageDigest digest = PayloadDigest.newMessageDigest();
    source.readLog(
        Position.START,
        1,
        logged -> {
          digest.update(logged.operation().key().toString().getBytes(StandardCharsets.UTF_8));
          return true;
        });
    String mark = "#" + HexFormat.of().formatHex(digest.digest(), 0, MARK_BYTES);
    return shortened(place(uri), Limits.MAX_PEER_BYTES - mark.length()) + mark;
  }

  /**
   * The store's URI without parameters, with the absolute path where it is a file: the same from
   * whatever directory the command is run.
   */
  static String place(String uri) {
    return Stores.file(uri).map(path -> absolute(uri, path)).orElseGet(() -> plain(uri));
  }

  private static String shortened(String name, int most) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= most ? name : PayloadDigest.ofContent(bytes).toHex();
  }

  private static String absolute(String uri, Path path) {
    try {
      return StoreLocation.parse(uri).scheme() + ":" + path.toRealPath();
    } catch (IOException e) {
      return plain(uri);
    }
  }

  private static String plain(String uri) {
    return StoreLocation.parse(uri).toString();
  }
}
