package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The statements that docs/postgresql.md tells to execute, so that they are the ones tested. */
final class DocumentedSql {
  private DocumentedSql() {}

  /** Returns the statements of the block behind the comment that gives it this name. */
  static String[] block(String name) throws IOException {
    String text = Files.readString(Path.of("../docs/postgresql.md"));
    String mark = "<!-- executed by RolesTest: " + name + " -->\n\n```sql\n";
    assertThat(text).contains(mark);
    String block = text.substring(text.indexOf(mark) + mark.length());
    return Arrays.stream(block.substring(0, block.indexOf("```")).split(";\n"))
        .map(String::strip)
        .filter(sql -> !sql.isEmpty())
        .toArray(String[]::new);
  }
}
