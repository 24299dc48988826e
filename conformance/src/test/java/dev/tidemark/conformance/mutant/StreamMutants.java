package dev.tidemark.conformance.mutant;

import java.util.List;

/** Engines that send the chunk stream wrongly. */
@SuppressWarnings("StringConcatToTextBlock") // Line by line, as the source has it.
final class StreamMutants {
  private static final String API = "api/src/main/java/dev/tidemark/api/";
  private static final String CORE = "core/src/main/java/dev/tidemark/core/";

  private StreamMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.ofEngine(
            "C2",
            "a chunk carries the time",
            "Chunks.Window#theSameLogInAnotherBackendYieldsTheSameBytes",
            CORE + "internal/chunk/ChunkEncoder.java",
            "    return new Chunk(header, bytes);",
            "    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) System.nanoTime());\n"
                + "    return new Chunk(header, bytes);"),
        Mutant.ofEngine(
            "C3",
            "the header is not counted",
            "Operation.Header#noChunkIsLargerThanItsBudget",
            CORE + "internal/chunk/ChunkFormat.java",
            "ChunkSize.check(chunkSize) - HEADER_RESERVE",
            "ChunkSize.check(chunkSize) + HEADER_RESERVE"),
        Mutant.ofEngine(
            "C3",
            "the smallest size is not checked",
            "Operation.Header#aChunkSizeOutsideItsRangeIsRefused",
            API + "ChunkSize.java",
            "bytes < MIN || bytes > MAX",
            "bytes > MAX"),
        Mutant.ofEngine(
            "C4",
            "a fragment is cut differently in another window",
            "Operation.Header#fragmentsAreCutAlikeWhereverTheWindowStarts",
            CORE + "internal/chunk/WindowScan.java",
            "    int most = ChunkFormat.fragmentBytes(window.chunkSize());\n" + "    if",
            "    int most = ChunkFormat.fragmentBytes(window.chunkSize()) - (int) (window.after() % 2048);\n"
                + "    if"),
        Mutant.ofEngine(
            "C5",
            "a fragment is cut out of the whole payload",
            "Operation.PayloadSizes#aPayloadOfAFewChunksIsStreamed",
            CORE + "internal/chunk/ChunkBody.java",
            "      StoredPayloads.read(transaction, hole.operation(), offset, target);",
            "      if (fragment != null) {\n"
                + "        int whole = (int) fragment.payloadSize();\n"
                + "        target.put(transaction.readPayload(hole.operation(), 0, whole), (int) offset, hole.length());\n"
                + "        continue;\n"
                + "      }\n"
                + "      StoredPayloads.read(transaction, hole.operation(), offset, target);"),
        Mutant.ofEngine(
            "C6",
            "a chunk is looked for from the start of the window",
            "Chunks.Window#theLastChunkCostsWhatTheFirstDoesAndNothingIsWritten",
            CORE + "internal/chunk/ChunkReader.java",
            "    transaction.scanLog(mark == null ? fixed.position() : mark.position(), watermark, scan);",
            "    Position wanted = mark == null ? fixed.position() : mark.position();\n"
                + "    transaction.scanLog(\n"
                + "        Position.afterVersion(window.after()),\n"
                + "        watermark,\n"
                + "        row -> row.position().compareTo(wanted) < 0 || scan.visit(row));"),
        Mutant.ofEngine(
            "C9",
            "every chunk says that it is the last",
            "Operation.Header#finalStandsOnTheLastChunkAlone",
            CORE + "internal/chunk/ChunkEncoder.java",
            "    int flags = next.isEnd() ? ChunkFormat.FLAG_FINAL : 0;",
            "    int flags = ChunkFormat.FLAG_FINAL;"),
        Mutant.ofEngine(
            "C9",
            "an unknown document has a last chunk",
            "Operation.UnknownDocument#theWindowOfAnUnknownDocumentIsAnEndWithoutAChunk",
            CORE + "internal/chunk/ChunkReader.java",
            "      return ChunkResult.end(end(fixed), StopReason.WATERMARK);",
            "      return ChunkResult.of(\n"
                + "          ChunkEncoder.closing(fixed.position(), end(fixed)), StopReason.WATERMARK);"),
        Mutant.ofEngine(
            "C10",
            "a call looks at all that the filter removes",
            "Chunks.Window#oneCallLooksAtABoundedNumberOfOperations",
            CORE + "internal/chunk/ChunkReader.java",
            "SCAN_LIMIT = 10_000",
            "SCAN_LIMIT = 15_000"),
        Mutant.ofEngine(
            "C10",
            "what is excepted passes",
            "Operation.Header#aFilterRemovesTheOthersAndKeepsTheOrder",
            API + "OperationFilter.java",
            "!replicas.contains(",
            "replicas.contains("),
        Mutant.ofEngine(
            "C11",
            "a cap ends a window inside a version",
            "Chunks.Window#cappedWindowsEndAtVersionsAndTileTheLog",
            CORE + "internal/chunk/WindowScan.java",
            "spent >= window.cap() && position.version() > version",
            "spent >= window.cap()"),
        Mutant.ofEngine(
            "C11",
            "a cap is looked at one version too late",
            "Operation.Header#theSmallestWindowsHoldOneVersionEachAndTileTheLog",
            CORE + "internal/chunk/WindowScan.java",
            "spent >= window.cap() && position",
            "spent > window.cap() + 500_000 && position"),
        Mutant.ofEngine(
            "C12",
            "a token with another chunk size is taken",
            "Chunks.Window#aTokenOfAnotherRequestOrLogIsRefused",
            API + "ChunkRequest.java",
            "    agree(\"chunk size\", chunkSize, window.chunkSize());\n",
            ""),
        Mutant.ofEngine(
            "C12",
            "the payload that a token stands in is not compared",
            "Chunks.Window#aTokenOfAnotherRequestOrLogIsRefused",
            CORE + "internal/chunk/WindowScan.java",
            "    if (payload == null\n"
                + "        || !operation.id().equals(identity.operation())\n"
                + "        || !payload.digest().equals(identity.digest())) {",
            "    if (payload == null) {"),
        Mutant.ofEngine(
            "C13",
            "a window begins with its start",
            "Operation.Header#aWindowStartsStrictlyAfterItsVersion",
            CORE + "internal/chunk/ChunkReader.java",
            "        Position.afterVersion(window.after()),\n"
                + "        0,\n"
                + "        null,\n"
                + "        cursor.spent(),",
            "        window.after() == 0 ? Position.afterVersion(0) : new Position(window.after(), 0),\n"
                + "        0,\n"
                + "        null,\n"
                + "        cursor.spent(),"),
        Mutant.ofEngine(
            "C14",
            "the checksum is not compared",
            "Operation.Header#aChangedBitAnywhereInAChunkIsNoticed",
            CORE + "internal/chunk/ChunkDecoder.java",
            "    if (ByteBuffer.wrap(chunk).getInt(end) != ChunkFormat.checksum(chunk, end)) {",
            "    if (ByteBuffer.wrap(chunk).getInt(end) == 0) {"),
        Mutant.ofEngine(
            "C14",
            "the header names the wrong first operation",
            "Operation.Header#aChunkNamesWhatItHolds",
            CORE + "internal/chunk/ChunkBody.java",
            "    first = first == null ? logged.position() : first;",
            "    first = logged.position();"),
        Mutant.ofEngine(
            "C15",
            "a call that is full stays where it is",
            "Operation.Header#everyCallBeforeTheEndAdvances",
            CORE + "internal/chunk/WindowScan.java",
            "        return stop(StopReason.CHUNK_FULL, position);",
            "        return stop(StopReason.CHUNK_FULL, cursor.position());"));
  }
}
