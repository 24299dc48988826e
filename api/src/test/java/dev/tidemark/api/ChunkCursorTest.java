package dev.tidemark.api;

import static dev.tidemark.api.ValuesTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ChunkCursor.PayloadIdentity;
import dev.tidemark.api.ChunkCursor.Stage;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChunkCursorTest {
  private static final DocumentId NOTES = DocumentId.of("notes");

  private static ChunkWindow window(OperationFilter filter) {
    return new ChunkWindow(NOTES, 3, 9L, filter, ChunkSize.DEFAULT, 1_000_000);
  }

  @Test
  void aTokenIsReadBack() {
    PayloadIdentity payload =
        new PayloadIdentity(
            new OperationId(ReplicaId.fromHex("0a0b"), 77),
            PayloadDigest.ofContent(new byte[] {1}));
    for (ChunkCursor cursor :
        Set.of(
            ChunkCursor.start(
                new ChunkWindow(NOTES, 0, null, OperationFilter.all(), ChunkSize.MIN, 0)),
            new ChunkCursor(
                window(OperationFilter.only(Set.of(ReplicaId.fromHex("01")))),
                Stage.SENDING,
                new Position(5, 6),
                262_144,
                payload,
                12,
                null),
            new ChunkCursor(
                window(
                    OperationFilter.except(
                        Set.of(ReplicaId.fromHex("ff"), ReplicaId.fromHex("00ff")))),
                Stage.END,
                Position.afterVersion(9),
                0,
                null,
                99,
                new LogMark(new Position(8, 3), -1)))) {
      assertThat(ChunkCursor.parse(cursor.token())).isEqualTo(cursor);
      assertThat(cursor.token()).matches("[A-Za-z0-9_-]+");
    }
  }

  @Test
  void startAndEndAreDistinct() {
    ChunkCursor start = ChunkCursor.start(window(OperationFilter.all()));
    ChunkCursor end =
        new ChunkCursor(
            window(OperationFilter.all()), Stage.END, start.position(), 0, null, 0, null);
    assertThat(start.token()).isNotEqualTo(end.token());
  }

  /** Every change of one character is noticed, whichever it is. */
  @Test
  void aMangledTokenIsRefused() {
    String token = ChunkCursor.start(window(OperationFilter.all())).token();
    Set<String> mangled = new HashSet<>();
    for (int i = 0; i < token.length(); i++) {
      mangled.add(token.substring(0, i) + token.substring(i + 1));
      for (char c : "AZaz09-_+/= \u00e4".toCharArray()) {
        mangled.add(token.substring(0, i) + c + token.substring(i + 1));
      }
    }
    mangled.add("");
    mangled.add(token + "A");
    mangled.add(token + "=");
    mangled.remove(token);
    for (String text : mangled) {
      refused(ErrorCode.TOKEN_MALFORMED, () -> ChunkCursor.parse(text));
    }
  }

  @Test
  void settingsBesideACursorMustAgreeWithIt() {
    ChunkCursor cursor = ChunkCursor.start(window(OperationFilter.all()));
    ChunkRequest resumed = ChunkRequest.resume(cursor.token());
    assertThat(resumed.cursorOf(NOTES)).isEqualTo(cursor);
    assertThat(resumed.withChunkSize(ChunkSize.DEFAULT).cursorOf(NOTES)).isEqualTo(cursor);
    refused(ErrorCode.TOKEN_MISMATCH, () -> resumed.cursorOf(DocumentId.of("other")));
    refused(ErrorCode.TOKEN_MISMATCH, () -> resumed.withChunkSize(ChunkSize.MIN).cursorOf(NOTES));
    refused(ErrorCode.TOKEN_MISMATCH, () -> resumed.withWatermark(8).cursorOf(NOTES));
    refused(ErrorCode.TOKEN_MISMATCH, () -> resumed.withWindowCap(8).cursorOf(NOTES));
    refused(
        ErrorCode.TOKEN_MISMATCH,
        () -> resumed.withFilter(OperationFilter.only(Set.of(ReplicaId.random()))).cursorOf(NOTES));
  }

  @Test
  void chunkSizesAreBounded() {
    refused(
        ErrorCode.CHUNK_SIZE_OUT_OF_RANGE,
        () -> ChunkRequest.after(0).withChunkSize(ChunkSize.MIN - 1));
    refused(
        ErrorCode.CHUNK_SIZE_OUT_OF_RANGE,
        () -> ChunkRequest.after(0).withChunkSize(ChunkSize.MAX + 1));
  }
}
