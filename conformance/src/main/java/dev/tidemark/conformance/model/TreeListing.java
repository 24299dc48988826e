package dev.tidemark.conformance.model;

import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.TreeEntry;
import dev.tidemark.api.TreeNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The text that a tree hash is the digest of: one line per visible node, depth first, with depth,
 * order key, node, payload size and payload digest.
 */
public final class TreeListing {
  private TreeListing() {}

  /**
   * Writes the listing.
   *
   * @param visible the visible nodes, depth first
   * @return its lines, each ended by a line feed
   */
  public static String of(List<TreeEntry> visible) {
    return visible.stream().map(TreeListing::line).collect(Collectors.joining());
  }

  /**
   * Computes the tree hash (rule R11).
   *
   * @param visible the visible nodes, depth first
   * @return the SHA-256 of the listing in UTF-8, in lower-case hexadecimal digits
   */
  public static String hash(List<TreeEntry> visible) {
    byte[] listing = of(visible).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(PayloadDigest.newMessageDigest().digest(listing));
  }

  private static String line(TreeEntry entry) {
    TreeNode node = entry.node();
    String payload = node.payload().map(p -> p.size() + "\t" + p.digest().toHex()).orElse("-\t-");
    return entry.depth()
        + "\t"
        + node.orderKey().toHex()
        + "\t"
        + node.id().toHex()
        + "\t"
        + payload
        + "\n";
  }
}
