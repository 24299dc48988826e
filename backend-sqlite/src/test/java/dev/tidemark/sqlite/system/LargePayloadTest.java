package dev.tidemark.sqlite.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ChunkSize;
import dev.tidemark.conformance.kit.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A payload several times larger than the heap is appended, sent, applied and read back (rules C5,
 * A5). {@code -Dtidemark.large=true} makes it 1 GiB.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class LargePayloadTest {
  private static final String HEAP = "64m";
  private static final long MIB = 1024 * 1024;
  private static final boolean IS_LARGE = Boolean.getBoolean("tidemark.large");
  private static final long SIZE = (IS_LARGE ? 1024 : 256) * MIB;

  /** What a virtual machine with that heap takes, with room for other systems' habits. */
  private static final long MOST_PEAK_KIB = 256 * 1024;

  @TempDir Path directory;

  @Test
  @Rule({"C5", "A4", "A5"})
  void neitherSideHasThePayloadInMemory() throws Exception {
    Path sent = directory.resolve("sent");
    Path received = directory.resolve("received");
    List<Process> pipeline =
        ProcessBuilder.startPipeline(
            List.of(
                OtherJvm.command(
                    HEAP, PayloadSender.class, store("from"), Long.toString(SIZE), sent.toString()),
                OtherJvm.command(HEAP, PayloadReceiver.class, store("to"), received.toString())));
    try (OtherJvm sender = new OtherJvm(pipeline.get(0));
        OtherJvm receiver = new OtherJvm(pipeline.get(1))) {
      String expected = GeneratedContent.digest(PayloadSender.SEED, SIZE);
      receiver.awaitSuccess();
      sender.awaitSuccess();

      ChildReport sending = ChildReport.readFrom(sent);
      ChildReport receiving = ChildReport.readFrom(received);
      System.out.printf("%d MiB%nsender   %s%nreceiver %s%n", SIZE / MIB, sending, receiving);
      assertThat(sending.number("chunks")).isGreaterThan(SIZE / ChunkSize.DEFAULT);
      assertThat(receiving.text("digest")).isEqualTo(expected);
      assertThat(receiving.text("differences")).isEqualTo("0");
      assertThat(sending.number("peak KiB")).isLessThan(MOST_PEAK_KIB);
      assertThat(receiving.number("peak KiB")).isLessThan(MOST_PEAK_KIB);
    }
  }

  private String store(String name) {
    // What is durable is not the point here, and waiting for the medium is most of the time.
    return "sqlite:" + directory.resolve(name + ".db") + "?synchronous=off";
  }
}
