package dev.tidemark.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of a node as an operation carries it: its size and digest, and the bytes themselves
 * where they are at hand. Large payloads stay in the store and are named by size and digest only
 * ({@link #isInline()} is false); their bytes are read through the document.
 *
 * <p>Two payloads are equal when size and digest are, whether the bytes are at hand or not. A
 * payload of no bytes is a payload; its absence is another thing.
 */
public final class Payload {
  private final long size;
  private final byte @Nullable [] bytes;

  /** Computed when first asked for; a race computes it twice, to the same value. */
  private volatile @Nullable PayloadDigest digest;

  private Payload(long size, byte @Nullable [] bytes, @Nullable PayloadDigest digest) {
    this.size = size;
    this.bytes = bytes;
    this.digest = digest;
  }

  /**
   * Returns a payload of these bytes, which are copied.
   *
   * @param bytes the content
   * @return the payload, inline
   */
  public static Payload of(byte[] bytes) {
    return new Payload(bytes.length, bytes.clone(), null);
  }

  /**
   * Returns a payload of these bytes without copying them. For backends and codecs that have just
   * made the array; whoever calls this must not touch it again.
   *
   * @param bytes the content, given away
   * @return the payload, inline
   */
  public static Payload wrap(byte[] bytes) {
    return new Payload(bytes.length, bytes, null);
  }

  /**
   * Returns a payload of a text in UTF-8.
   *
   * @param text the content
   * @return the payload, inline
   */
  public static Payload of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Payload(bytes.length, bytes, null);
  }

  /**
   * Returns a payload whose bytes are elsewhere.
   *
   * @param size the number of bytes, from 0
   * @param digest their digest
   * @return the payload, not inline
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if the size is negative
   */
  public static Payload reference(long size, PayloadDigest digest) {
    Invalid.inRange("payload size", size, 0, Long.MAX_VALUE);
    return new Payload(size, null, Objects.requireNonNull(digest, "digest"));
  }

  /**
   * Returns the number of bytes.
   *
   * @return from 0
   */
  public long size() {
    return size;
  }

  /**
   * Tells whether the bytes are at hand.
   *
   * @return whether {@link #toByteArray} answers
   */
  public boolean isInline() {
    return bytes != null;
  }

  /**
   * Returns a copy of the bytes.
   *
   * @return the content
   * @throws IllegalStateException if the payload is not inline
   */
  public byte[] toByteArray() {
    return inlineBytes().clone();
  }

  /**
   * Returns the bytes without copying them.
   *
   * @return a new read-only buffer over the content
   * @throws IllegalStateException if the payload is not inline
   */
  public ByteBuffer asReadOnlyBuffer() {
    return ByteBuffer.wrap(inlineBytes()).asReadOnlyBuffer();
  }

  /**
   * Returns the SHA-256 digest of the content.
   *
   * @return the digest
   */
  public PayloadDigest digest() {
    PayloadDigest known = digest;
    if (known == null) {
      known = PayloadDigest.ofContent(inlineBytes());
      digest = known;
    }
    return known;
  }

  private byte[] inlineBytes() {
    byte[] inline = bytes;
    if (inline == null) {
      throw new IllegalStateException("the bytes of this payload are in the store");
    }
    return inline;
  }

  @Override
  public boolean equals(Object object) {
    return this == object
        || (object instanceof Payload other
            && size == other.size
            && digest().equals(other.digest()));
  }

  @Override
  public int hashCode() {
    return digest().hashCode();
  }

  @Override
  public String toString() {
    return size + " bytes, sha256 " + digest();
  }
}
