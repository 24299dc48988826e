package dev.tidemark.cli.command;

import dev.tidemark.api.Limits;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.spi.StoreLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Makes the name under which a target keeps how far it read a source. */
final class PeerNames {
  private PeerNames() {}

  /**
   * The source's URI without parameters, with the absolute path where it is a file: the same name
   * from whatever directory the command is run.
   */
  static String of(String uri) {
    String name = Stores.file(uri).map(path -> absolute(uri, path)).orElseGet(() -> plain(uri));
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= Limits.MAX_PEER_BYTES ? name : PayloadDigest.ofContent(bytes).toHex();
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
