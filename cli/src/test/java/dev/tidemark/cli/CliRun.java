package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of the program within this process. */
record CliRun(int exit, String out, String err) {
  static CliRun of(Object... words) {
    String[] args = new String[words.length];
    for (int index = 0; index < words.length; index++) {
      args[index] = words[index].toString();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = Main.run(args, out, err);
    return new CliRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A command on document {@code example} of a store. */
  static CliRun onExample(String command, String store, Object... more) {
    List<Object> words = new ArrayList<>(List.of(command, "--store", store));
    words.addAll(List.of("--document", "example"));
    words.addAll(List.of(more));
    return of(words.toArray());
  }

  /** The run, which must have gone well and quietly. */
  CliRun succeeded() {
    assertThat(err).isEmpty();
    assertThat(exit).as(out).isZero();
    return this;
  }

  /** The one line that tells why the run failed, which must end in this code. */
  String failure(int code) {
    assertThat(exit).as(out + err).isEqualTo(code);
    assertThat(out).isEmpty();
    assertThat(err.lines()).hasSize(1);
    assertThat(err).startsWith("tidemark: ").endsWith(".\n").doesNotContain("Exception");
    return err;
  }

  Map<String, Object> json() {
    return Json.object(out);
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> errorJson() {
    return (Map<String, Object>) Json.get(Json.object(err), "error");
  }
}
