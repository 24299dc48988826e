package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkHeader;

/** What the parts of a chunk's header must keep towards each other, whoever wrote it. */
final class HeaderChecks {
  private HeaderChecks() {}

  /** Checks all but what depends on the body. */
  static void check(ChunkHeader header, int flags) {
    ChunkCursor next = header.next();
    boolean isFragment = (flags & ChunkFormat.FLAG_FRAGMENT) != 0;
    boolean isFinal = (flags & ChunkFormat.FLAG_FINAL) != 0;
    require((flags & ~(ChunkFormat.FLAG_FINAL | ChunkFormat.FLAG_FRAGMENT)) == 0, "unknown flags");
    require(isFinal == next.isEnd(), "the final flag and the cursor disagree");
    require(
        next.isEnd() || next.stage() == ChunkCursor.Stage.SENDING,
        "the cursor is not one that follows a chunk");
    require(header.first().version() > next.window().after(), "starts before its window");
    require(header.last().version() <= header.watermark(), "goes beyond its window");
    require(header.first().compareTo(header.last()) <= 0, "ends before it starts");
    if (isFragment || header.operations() == 0) {
      require(header.first().equals(header.last()), "one thing at two positions");
    }
    if (isFragment) {
      require(header.operations() == 0, "a fragment stands alone");
    } else {
      require(next.offset() == 0, "the cursor goes into a payload");
      require(header.operations() > 0 || isFinal, "an empty chunk within the window");
    }
    if (next.offset() == 0) {
      require(next.position().compareTo(header.last()) > 0, "the cursor does not advance");
    }
  }

  /** Checks that a fragment is one that its chunk size and operation call for (rule C4). */
  static void checkFragment(ChunkHeader header, DecodedChunk.Content content) {
    ChunkHeader.Fragment range = content.range();
    ChunkCursor next = header.next();
    int most = ChunkFormat.fragmentBytes(next.window().chunkSize());
    require(range.offset() < range.payloadSize(), "a fragment behind the payload's end");
    require(range.offset() % most == 0, "a fragment that starts elsewhere");
    long end = range.offset() + range.length();
    require(
        range.length() == Math.min(most, range.payloadSize() - range.offset()),
        "a fragment of another length");
    if (end == range.payloadSize()) {
      require(next.offset() == 0, "the cursor goes beyond the payload");
      return;
    }
    ChunkCursor.PayloadIdentity identity = next.payload();
    require(
        next.offset() == end
            && next.position().equals(header.first())
            && identity != null
            && identity.operation().equals(range.operation())
            && content.operation().payload() != null
            && identity.digest().equals(content.operation().payload().digest()),
        "the cursor does not follow the fragment");
  }

  static void require(boolean holds, String problem) {
    if (!holds) {
      throw StrictBytes.malformed(problem);
    }
  }
}
