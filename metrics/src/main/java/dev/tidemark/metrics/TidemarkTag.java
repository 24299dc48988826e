package dev.tidemark.metrics;

/** The keys of the tags. Their values are few and known before: none names a document. */
public enum TidemarkTag {
  /** The name that the application gave the store. */
  STORE("store", "the name that the application gave the store; `default` unless it did"),
  /** Whether a call of the chunk stream returned a chunk. */
  RESULT("result", "`chunk`, or `none` at the end of a window or where a filter left nothing"),
  /** The costliest path that a catch-up took. */
  PATH(
      "path",
      "the costliest path that was taken: `in_order`, `commuting`, `fresh_subtree`, `replayed`,"
          + " `rebuilt`"),
  /** The code of an error. */
  CODE("code", "the error's code, such as `STORAGE_FULL`"),
  /** Why a unit of work was tried again. */
  CAUSE("cause", "the code of the error before, one of those that a retry can help");

  private final String key;
  private final String meaning;

  TidemarkTag(String key, String meaning) {
    this.key = key;
    this.meaning = meaning;
  }

  /**
   * Returns the key.
   *
   * @return as Micrometer has it
   */
  public String key() {
    return key;
  }

  /**
   * Describes its values.
   *
   * @return text in Markdown
   */
  public String meaning() {
    return meaning;
  }
}
