package dev.tidemark.api;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a document: 1 to {@value Limits#MAX_DOCUMENT_ID_BYTES} bytes of UTF-8 without control
 * characters. Names are compared exactly; no case folding, no normalization.
 *
 * @param value the name
 */
public record DocumentId(String value) implements Comparable<DocumentId> {
  /**
   * Checks the name.
   *
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if it is empty, too long, not
   *     well-formed Unicode, or has control characters
   */
  public DocumentId {
    Names.check("document", value, Limits.MAX_DOCUMENT_ID_BYTES);
  }

  /**
   * Returns the document id with that name.
   *
   * @param value the name
   * @return the id
   */
  public static DocumentId of(String value) {
    return new DocumentId(value);
  }

  /** Compares by code points, which is the order of the UTF-8 bytes; that of strings is not. */
  @Override
  public int compareTo(DocumentId other) {
    return Arrays.compare(value.codePoints().toArray(), other.value.codePoints().toArray());
  }

  @Override
  public String toString() {
    return value;
  }

  /** What names of documents and of peers must keep. */
  static final class Names {
    private Names() {}

    static void check(String what, String name, int mostBytes) {
      int length;
      try {
        // Unpaired surrogates would become '?' in UTF-8, and two names one document.
        length = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)).remaining();
      } catch (CharacterCodingException e) {
        throw Invalid.argument(what, "not well-formed Unicode");
      }
      if (length < 1 || length > mostBytes) {
        throw Invalid.argument(what, length + " bytes of UTF-8, must be 1.." + mostBytes);
      }
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw Invalid.argument(what, "has control characters");
      }
    }
  }
}
