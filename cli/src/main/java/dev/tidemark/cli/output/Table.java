package dev.tidemark.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Lines in columns: the first to the left, the others to the right unless told otherwise. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private boolean isLeft;

  /** Starts an empty table. */
  public Table() {}

  /**
   * Adds a row.
   *
   * @param cells its cells; rows may be of different lengths
   * @return this
   */
  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /**
   * Turns all columns to the left.
   *
   * @return this
   */
  public Table alignLeft() {
    isLeft = true;
    return this;
  }

  /**
   * Returns the table.
   *
   * @return its lines
   */
  public List<String> lines() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int width = row.get(column).length();
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(widths.get(column), width));
        }
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      String blanks = " ".repeat(widths.get(column) - cell.length());
      line.append(column == 0 ? "" : "  ");
      line.append(column == 0 || isLeft ? cell + blanks : blanks + cell);
    }
    return line.toString().stripTrailing();
  }
}
