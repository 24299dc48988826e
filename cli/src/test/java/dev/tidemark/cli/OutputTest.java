package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when results cannot be written. */
class OutputTest {
  @TempDir private Path directory;

  @Test
  void endsQuietlyWhenTheReaderGoes() {
    CliRun run = runWith("Broken pipe");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void saysWhenTheResultsAreLost() {
    CliRun run = runWith("No space left on device");
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err())
        .isEqualTo(
            "tidemark: the results cannot be written: No space left on device."
                + " Check where the output goes.\n");
  }

  private CliRun runWith(String problem) {
    String store = Example.imported(directory);
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException(problem);
          }
        };
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    String[] args = {"log", "--store", store, "--document", "example"};
    int exit = Main.run(args, broken, errors);
    return new CliRun(exit, "", errors.toString(StandardCharsets.UTF_8));
  }
}
