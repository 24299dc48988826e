package dev.tidemark.core.internal.tree;

import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.TreeEntry;
import dev.tidemark.api.TreeNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hashes the listing of a visible tree, entry by entry. */
public final class TreeHasher {
  private final MessageDigest digest = PayloadDigest.newMessageDigest();
  private long visibleNodes;
  private long payloadNodes;
  private long payloadBytes;
  private int maxDepth;

  /** Starts an empty listing. */
  public TreeHasher() {}

  /**
   * Adds a line to the listing.
   *
   * @param entry the next node of a depth-first walk from the root
   */
  public void add(TreeEntry entry) {
    TreeNode node = entry.node();
    Payload payload = node.content();
    visibleNodes++;
    maxDepth = Math.max(maxDepth, entry.depth());
    String content = "-\t-";
    if (payload != null) {
      payloadNodes++;
      payloadBytes += payload.size();
      content = payload.size() + "\t" + payload.digest().toHex();
    }
    String line =
        entry.depth()
            + "\t"
            + node.orderKey().toHex()
            + "\t"
            + node.id().toHex()
            + "\t"
            + content
            + "\n";
    digest.update(line.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Ends the listing; nothing may be added after it.
   *
   * @return the hash in hexadecimal digits
   */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Returns the number of lines.
   *
   * @return the visible nodes
   */
  public long visibleNodes() {
    return visibleNodes;
  }

  /**
   * Returns the number of lines with a payload.
   *
   * @return the nodes with a payload
   */
  public long payloadNodes() {
    return payloadNodes;
  }

  /**
   * Returns the sum of the payload sizes.
   *
   * @return the bytes
   */
  public long payloadBytes() {
    return payloadBytes;
  }

  /**
   * Returns the largest depth.
   *
   * @return 0 for an empty listing
   */
  public int maxDepth() {
    return maxDepth;
  }
}
