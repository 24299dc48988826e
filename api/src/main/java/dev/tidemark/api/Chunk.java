package dev.tidemark.api;

/**
 * One chunk of a window: a self-contained byte block with consecutive operations, or a fragment of
 * one payload. docs/chunk-format.md specifies the bytes.
 */
public final class Chunk {
  private final ChunkHeader header;
  private final byte[] bytes;

  /**
   * Joins an encoded chunk and what its header says. For the engine's codec, which made the array
   * and must not touch it again.
   *
   * @param header the decoded header
   * @param bytes the encoded chunk, given away
   */
  public Chunk(ChunkHeader header, byte[] bytes) {
    this.header = header;
    this.bytes = bytes;
  }

  /**
   * Returns what the chunk says of itself.
   *
   * @return the header
   */
  public ChunkHeader header() {
    return header;
  }

  /**
   * Returns the encoded chunk. The array is the chunk's own, because chunks are large: do not
   * change it.
   *
   * @return the bytes to send
   */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Returns the size of the encoded chunk.
   *
   * @return the number of bytes
   */
  public int size() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "chunk " + header.first() + ".." + header.last() + ", " + bytes.length + " bytes";
  }
}
