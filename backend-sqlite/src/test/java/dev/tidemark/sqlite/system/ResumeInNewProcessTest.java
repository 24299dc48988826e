package dev.tidemark.sqlite.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkHeader.Fragment;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor is all that is needed to go on, wherever and whenever that is (rules C2, C8). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ResumeInNewProcessTest {
  private static final String NAME = "mixed";
  private static final int MIB = 1024 * 1024;
  private static final int HUGE = 300 * ChunkSize.MIN;

  private final Map<Integer, Integer> largestWhole = new LinkedHashMap<>();
  private final Tidemark memory =
      Tidemark.builder("memory:").backend(new InMemoryBackendProvider()).open();
  private String uri = "";
  private long watermark;

  @BeforeAll
  void writeTheLogTwice(@TempDir Path directory) {
    for (int size : List.of(ChunkSize.MIN, MIB, ChunkSize.DEFAULT)) {
      largestWhole.put(size, LargestWholePayload.inChunksOf(size));
    }
    uri = "sqlite:" + directory.resolve("store.db") + "?synchronous=off";
    try (Tidemark store = Tidemark.open(uri)) {
      fill(store.document(NAME));
      watermark = store.document(NAME).status().version();
    }
    fill(memory.document(NAME));
  }

  @AfterAll
  void closeMemory() {
    memory.close();
  }

  private void fill(Document document) {
    MixedLog log = new MixedLog(document, 20261121);
    log.smallVersions(40).largeVersion(3 * ChunkSize.DEFAULT).payload(0).payload(1);
    for (int whole : largestWhole.values()) {
      log.payload(whole - 1).payload(whole).payload(whole + 1);
    }
    log.payload(ChunkSize.MIN).payload(HUGE).smallVersions(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {ChunkSize.MIN, MIB, ChunkSize.DEFAULT})
  @Rule({"C2", "C3", "C4"})
  void everyBoundaryGoesOnInAnotherProcess(int chunkSize, @TempDir Path directory)
      throws Exception {
    Window window;
    try (Tidemark store = Tidemark.open(uri)) {
      window = Window.drain(store.document(NAME), request(chunkSize));
    }
    assertThat(window.hasBoundaryInsideVersion()).as("a boundary inside a version").isTrue();
    assertThat(window.hasBoundaryInsidePayload()).as("a boundary inside a payload").isTrue();
    assertThat(window.chunks()).allMatch(part -> part.size() <= chunkSize);
    assertBudget(window, chunkSize);

    List<String> resumed = resumeElsewhere(window.boundaries(), directory);
    assertThat(resumed).isEqualTo(window.digests().subList(1, window.chunks().size()));

    Window inMemory = Window.drain(memory.document(NAME), request(chunkSize));
    assertThat(inMemory).isEqualTo(window);
    System.out.printf(
        "%d KiB: %d chunks, %d bytes, all resumed in another process%n",
        chunkSize / 1024, window.chunks().size(), window.bytes());
  }

  /** The largest payload that fits is whole, and one byte more makes fragments. */
  private void assertBudget(Window window, int chunkSize) {
    int whole = Objects.requireNonNull(largestWhole.get(chunkSize));
    List<Long> fragmented =
        window.chunks().stream()
            .map(part -> part.header().fragment())
            .filter(Objects::nonNull)
            .map(Fragment::payloadSize)
            .distinct()
            .toList();
    assertThat(fragmented).contains(whole + 1L, (long) HUGE).allMatch(size -> size > whole);
  }

  private List<String> resumeElsewhere(List<String> tokens, Path directory) throws Exception {
    Path file = Files.write(directory.resolve("tokens"), tokens);
    try (OtherJvm reader = OtherJvm.start(ResumingReader.class, uri, NAME, file.toString())) {
      List<String> digests = reader.allLines();
      reader.awaitSuccess();
      return digests;
    }
  }

  @Test
  @Rule("C8")
  void appendsOfOtherThreadsDoNotChangeAByte() throws Exception {
    Window quiet = Window.drain(memory.document(NAME), request(ChunkSize.DEFAULT));
    List<Window.Part> busy = new ArrayList<>();
    try (Tidemark store = Tidemark.open(uri);
        Tidemark other = Tidemark.open(uri);
        Appending here = new Appending(store.document(NAME));
        Appending there = new Appending(other.document(NAME))) {
      for (Chunk chunk : store.document(NAME).changes(request(ChunkSize.DEFAULT))) {
        busy.add(Window.Part.of(chunk));
        (busy.size() % 2 == 0 ? here : there).awaitOneMore();
      }
    }
    assertThat(new Window(busy)).isEqualTo(quiet);
    try (Tidemark store = Tidemark.open(uri)) {
      assertThat(store.document(NAME).status().version())
          .isGreaterThanOrEqualTo(watermark + busy.size());
    }
  }

  private ChunkRequest request(int chunkSize) {
    return ChunkRequest.after(0).withChunkSize(chunkSize).withWatermark(watermark);
  }
}
