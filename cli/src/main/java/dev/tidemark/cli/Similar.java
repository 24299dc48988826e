package dev.tidemark.cli;

import java.util.List;

/** Picks, of the words that could have been meant, those that somebody may really have meant. */
final class Similar {
  private static final int LETTERS_PER_ERROR = 3;

  private Similar() {}

  /** Keeps candidates that begin with the word, or that few typing errors make of it. */
  static List<String> of(String word, List<String> candidates) {
    String typed = bare(word);
    int most = Math.max(1, typed.length() / LETTERS_PER_ERROR);
    return candidates.stream()
        .filter(
            candidate -> {
              String known = bare(candidate);
              boolean isBeginning = typed.length() > 1 && known.startsWith(typed);
              return isBeginning || distance(typed, known) <= most;
            })
        .toList();
  }

  /** Without dashes before an option and the value behind it. */
  private static String bare(String word) {
    return word.replaceAll("^-+|=.*$", "");
  }

  /** Letters to add, leave out, replace or exchange with the next one. */
  static int distance(String from, String to) {
    int[][] table = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          table[i][j] = i + j;
          continue;
        }
        int replaced = table[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        table[i][j] = Math.min(replaced, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean isExchanged =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (isExchanged) {
          table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
        }
      }
    }
    return table[from.length()][to.length()];
  }
}
