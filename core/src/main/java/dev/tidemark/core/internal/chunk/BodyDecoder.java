package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.ChunkHeader.Fragment;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Decodes the bodies of chunks, of both kinds. */
final class BodyDecoder {
  private BodyDecoder() {}

  static DecodedChunk operations(ChunkHeader header, StrictBytes in) {
    OperationReader reader = new OperationReader(in, header.first());
    OperationFilter filter = header.next().window().filter();
    long knownWeight = 0;
    int knownLimit = ChunkFormat.bodyLimit(header.next().window().chunkSize());
    // Not sized by what the header says before the bytes are seen.
    List<LoggedOperation> entries = new ArrayList<>();
    for (int i = 0; i < header.operations(); i++) {
      LoggedOperation entry = reader.read(() -> readPayload(in));
      Operation operation = entry.operation();
      HeaderChecks.require(
          filter.passes(operation.id().replica()), "an operation that the filter removes");
      knownWeight += ChunkBody.knownWeight(operation);
      HeaderChecks.require(knownWeight <= knownLimit, "too many known operations");
      entries.add(entry);
    }
    in.requireEnd();
    HeaderChecks.require(
        entries.isEmpty() || entries.get(entries.size() - 1).position().equals(header.last()),
        "the last operation is elsewhere");
    return new DecodedChunk(header, entries, null);
  }

  static DecodedChunk fragment(ChunkHeader header, StrictBytes in) {
    OperationReader reader = new OperationReader(in, header.first());
    LoggedOperation entry = reader.read(() -> readReference(in));
    if (!(entry.operation() instanceof Operation.PayloadCarrying operation)
        || operation.payload() == null) {
      throw StrictBytes.malformed("a fragment of an operation without payload");
    }
    HeaderChecks.require(
        header.next().window().filter().passes(operation.id().replica()),
        "an operation that the filter removes");
    HeaderChecks.require(
        !ChunkBody.fits(header.next().window().chunkSize(), entry),
        "a fragment of a payload that needs none");
    long offset = in.readNumber();
    int length = in.remaining();
    HeaderChecks.require(length > 0, "an empty fragment");
    ByteBuffer bytes = in.view(length);
    Fragment range = new Fragment(operation.id(), offset, length, operation.payload().size());
    ChunkHeader complete =
        new ChunkHeader(
            header.format(),
            header.codec(),
            header.first(),
            header.last(),
            header.operations(),
            range,
            header.next(),
            header.isFinal());
    DecodedChunk.Content content = new DecodedChunk.Content(operation, range, bytes);
    HeaderChecks.checkFragment(complete, content);
    return new DecodedChunk(complete, List.of(), content);
  }

  private static Payload readPayload(StrictBytes in) {
    return Payload.wrap(in.readBytes("payload", in.remaining()));
  }

  private static Payload readReference(StrictBytes in) {
    long size = in.readNumber();
    return Payload.reference(size, PayloadDigest.of(in.read(PayloadDigest.BYTES)));
  }
}
