package dev.tidemark.api;

import dev.tidemark.api.ChunkCursor.PayloadIdentity;
import dev.tidemark.api.ChunkCursor.Stage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a cursor: base64url (RFC 4648, section 5, unpadded) of a format byte, the fields
 * and a CRC-32C (RFC 9260, appendix A) over all before it. docs/chunk-format.md has the layout.
 *
 * <p>Decoding is strict: a token that decodes is the one that encoding its cursor gives again, so a
 * cursor has one token and no other text passes.
 */
final class CursorToken {
  private static final int FORMAT = 1;
  private static final int CHECKSUM_BYTES = 4;

  /** Bounds what a hostile token makes us allocate; the longest true one is below. */
  private static final int MAX_CHARACTERS = 8192;

  private static final int FILTER_ALL = 0;
  private static final int FILTER_ONLY = 1;
  private static final int FILTER_EXCEPT = 2;

  /** The stages by their numbers in tokens, which never change. */
  private static final List<Stage> STAGES =
      List.of(Stage.START, Stage.SCANNING, Stage.SENDING, Stage.END);

  private CursorToken() {}

  static String encode(ChunkCursor cursor) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(FORMAT);
    out.write(STAGES.indexOf(cursor.stage()));
    ChunkWindow window = cursor.window();
    writeBytes(out, window.document().value().getBytes(StandardCharsets.UTF_8));
    writeNumber(out, window.after());
    // Shifted by one, so that 0 says "not fixed yet"; versions end one below the largest number.
    Long watermark = window.watermark();
    writeNumber(out, watermark == null ? 0 : watermark + 1);
    writeFilter(out, window.filter());
    writeNumber(out, window.chunkSize());
    writeNumber(out, window.cap());
    writeNumber(out, cursor.position().version());
    writeNumber(out, cursor.position().sequence());
    writeNumber(out, cursor.spent());
    writeNumber(out, cursor.offset());
    PayloadIdentity payload = cursor.payload();
    if (payload != null) {
      writeBytes(out, payload.operation().replica().toByteArray());
      writeNumber(out, payload.operation().counter());
      out.writeBytes(payload.digest().toByteArray());
    }
    LogMark mark = cursor.mark();
    // Versions start at 1, so 0 says "none".
    writeNumber(out, mark == null ? 0 : mark.position().version());
    if (mark != null) {
      writeNumber(out, mark.position().sequence());
      out.writeBytes(ByteBuffer.allocate(LogMark.BYTES).putLong(mark.fingerprint()).array());
    }
    byte[] fields = out.toByteArray();
    byte[] all =
        ByteBuffer.allocate(fields.length + CHECKSUM_BYTES)
            .put(fields)
            .putInt(checksum(fields, fields.length))
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  static ChunkCursor decode(String token) {
    if (token.isEmpty() || token.length() > MAX_CHARACTERS) {
      throw malformed(token.length() + " characters", null);
    }
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw malformed("not base64url", e);
    }
    if (all.length < 1 + CHECKSUM_BYTES) {
      throw malformed("too short", null);
    }
    int end = all.length - CHECKSUM_BYTES;
    if (ByteBuffer.wrap(all).getInt(end) != checksum(all, end)) {
      throw malformed("the checksum does not fit", null);
    }
    if (all[0] != FORMAT) {
      throw TidemarkException.of(ErrorCode.TOKEN_UNSUPPORTED)
          .with(Detail.ACTUAL, all[0] & 0xFF)
          .with(Detail.EXPECTED, FORMAT)
          .build();
    }
    ChunkCursor cursor;
    try {
      cursor = new Reader(ByteBuffer.wrap(all, 1, end - 1)).cursor();
    } catch (TidemarkException e) {
      throw e.code() == ErrorCode.TOKEN_MALFORMED ? e : malformed("a field is out of range", e);
    }
    if (!encode(cursor).equals(token)) {
      throw malformed("not in its one canonical form", null);
    }
    return cursor;
  }

  private static void writeFilter(ByteArrayOutputStream out, OperationFilter filter) {
    if (filter instanceof OperationFilter.Only only) {
      writeReplicas(out, FILTER_ONLY, only.replicas());
    } else if (filter instanceof OperationFilter.Except except) {
      writeReplicas(out, FILTER_EXCEPT, except.replicas());
    } else {
      out.write(FILTER_ALL);
    }
  }

  private static void writeReplicas(ByteArrayOutputStream out, int kind, Set<ReplicaId> replicas) {
    out.write(kind);
    writeNumber(out, replicas.size());
    replicas.forEach(replica -> writeBytes(out, replica.toByteArray()));
  }

  private static void writeBytes(ByteArrayOutputStream out, byte[] bytes) {
    writeNumber(out, bytes.length);
    out.writeBytes(bytes);
  }

  /** An unsigned LEB128 number. */
  private static void writeNumber(ByteArrayOutputStream out, long number) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static TidemarkException malformed(String problem, @Nullable Throwable cause) {
    TidemarkException.Builder builder =
        TidemarkException.of(ErrorCode.TOKEN_MALFORMED).with(Detail.PROBLEM, problem);
    return cause == null ? builder.build() : builder.causedBy(cause).build();
  }

  /** Reads the fields after the format byte. */
  private record Reader(ByteBuffer in) {
    ChunkCursor cursor() {
      int stage = nextByte();
      if (stage >= STAGES.size()) {
        throw malformed("unknown stage " + stage, null);
      }
      DocumentId document = document();
      long after = number();
      long watermark = number();
      OperationFilter filter = filter();
      int chunkSize = Math.toIntExact(Math.min(number(), Integer.MAX_VALUE));
      ChunkWindow window =
          new ChunkWindow(
              document, after, watermark == 0 ? null : watermark - 1, filter, chunkSize, number());
      Position position = position(number());
      long spent = number();
      long offset = number();
      PayloadIdentity payload = offset == 0 ? null : payload();
      LogMark mark = mark();
      if (in.hasRemaining()) {
        throw malformed(in.remaining() + " bytes too many", null);
      }
      return new ChunkCursor(window, STAGES.get(stage), position, offset, payload, spent, mark);
    }

    private DocumentId document() {
      return DocumentId.of(new String(bytes(Limits.MAX_DOCUMENT_ID_BYTES), StandardCharsets.UTF_8));
    }

    private OperationFilter filter() {
      int kind = nextByte();
      if (kind == FILTER_ALL) {
        return OperationFilter.all();
      }
      if (kind != FILTER_ONLY && kind != FILTER_EXCEPT) {
        throw malformed("unknown filter " + kind, null);
      }
      long count = number();
      if (count > OperationFilter.MAX_REPLICAS) {
        throw malformed("a filter of " + count + " replicas", null);
      }
      Set<ReplicaId> replicas = new TreeSet<>();
      for (int i = 0; i < count; i++) {
        replicas.add(ReplicaId.of(bytes(Limits.MAX_REPLICA_ID_BYTES)));
      }
      return kind == FILTER_ONLY
          ? OperationFilter.only(replicas)
          : OperationFilter.except(replicas);
    }

    private PayloadIdentity payload() {
      ReplicaId replica = ReplicaId.of(bytes(Limits.MAX_REPLICA_ID_BYTES));
      OperationId operation = new OperationId(replica, number());
      return new PayloadIdentity(operation, PayloadDigest.of(exactly(PayloadDigest.BYTES)));
    }

    private @Nullable LogMark mark() {
      long version = number();
      return version == 0
          ? null
          : new LogMark(position(version), ByteBuffer.wrap(exactly(LogMark.BYTES)).getLong());
    }

    private Position position(long version) {
      return new Position(version, Math.toIntExact(Math.min(number(), Integer.MAX_VALUE)));
    }

    private byte[] bytes(int most) {
      long length = number();
      if (length > most) {
        throw malformed("a field of " + length + " bytes", null);
      }
      return exactly((int) length);
    }

    private byte[] exactly(int length) {
      if (in.remaining() < length) {
        throw malformed("cut short", null);
      }
      byte[] bytes = new byte[length];
      in.get(bytes);
      return bytes;
    }

    private long number() {
      long number = 0;
      for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
        int next = nextByte();
        number |= (long) (next & 0x7F) << shift;
        if ((next & 0x80) == 0) {
          return number;
        }
      }
      throw malformed("a number is too long", null);
    }

    private int nextByte() {
      if (!in.hasRemaining()) {
        throw malformed("cut short", null);
      }
      return in.get() & 0xFF;
    }
  }
}
