package dev.tidemark.conformance.kit.rule;

/**
 * One rule of the design, in words.
 *
 * @param name the letter of its topic and its number: {@code B4}
 * @param title two or three words
 * @param must what must hold
 * @param why what goes wrong otherwise
 * @param look what to look at when a test of it fails
 */
public record RuleText(String name, String title, String must, String why, String look) {
  /**
   * Returns the letter of its topic.
   *
   * @return one of A, B, C, R and S
   */
  public String topic() {
    return name.substring(0, 1);
  }

  /** Returns name and title: {@code B4 Values as they are}. */
  @Override
  public String toString() {
    return name + " " + title;
  }
}
