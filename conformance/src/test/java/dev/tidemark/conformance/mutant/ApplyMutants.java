package dev.tidemark.conformance.mutant;

import java.util.List;

/** Engines that take chunks and operations in wrongly. */
@SuppressWarnings("StringConcatToTextBlock") // Line by line, as the source has it.
final class ApplyMutants {
  private static final String CORE = "core/src/main/java/dev/tidemark/core/";

  private ApplyMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.ofEngine(
            "A1",
            "what is known is appended again",
            "Operation.Growth#aChunkIsAppliedToALongLogAsToAShortOne",
            CORE + "internal/append/Incoming.java",
            "    if (suspects.isEmpty()) {",
            "    if (suspects.size() < 1_000) {"),
        Mutant.ofEngine(
            "A2",
            "the payload that came last is kept",
            "Operation.Extremes#extremesTravelAndMayComeBackwards",
            CORE + "internal/catchup/Materialization.java",
            "    if (current == null || current.writtenBy().compareTo(operation.key()) < 0) {\n"
                + "      tree.put(row.withPayload",
            "    if (current == null || current.writtenBy() != null) {\n"
                + "      tree.put(row.withPayload"),
        Mutant.ofEngine(
            "A5",
            "a receiver writes pieces of a mebibyte",
            "Operation.PayloadSizes#aPayloadOfAFewChunksIsStreamed",
            CORE + "internal/payload/PayloadPieces.java",
            "    while (rest.hasRemaining()) {\n"
                + "      int room = PayloadLayout.PIECE_BYTES - (int) (place % PayloadLayout.PIECE_BYTES);",
            "    while (rest.hasRemaining()) {\n"
                + "      int room = 8 * PayloadLayout.PIECE_BYTES;"),
        Mutant.ofEngine(
            "A5",
            "a digest is computed of the whole payload at once",
            "Operation.PayloadSizes#aPayloadWhoseFirstBytesComeLastIsStreamed",
            CORE + "internal/chunk/VerifiedPayload.java",
            "    for (long offset = from; offset < to; offset += PayloadLayout.READ_BYTES) {\n"
                + "      int length = (int) Math.min(PayloadLayout.READ_BYTES, to - offset);",
            "    for (long offset = from; offset < to; offset += BYTES_AT_ONCE) {\n"
                + "      int length = (int) Math.min(BYTES_AT_ONCE, to - offset);"),
        Mutant.ofEngine(
            "A6",
            "the size of what comes is not limited",
            "Chunks.Apply#whatIsNoChunkChangesNothing",
            CORE + "internal/chunk/ChunkDecoder.java",
            "    requireSize(\"chunk\", chunk.length, ChunkSize.MAX);\n",
            ""),
        Mutant.ofEngine(
            "A6",
            "a chunk of another document is applied",
            "Chunks.Apply#whatIsNoChunkChangesNothing",
            CORE + "internal/chunk/ChunkApplier.java",
            "    if (!chunk.header().document().equals(transaction.document())) {",
            "    if (chunk.header().document().value().isEmpty()) {"),
        Mutant.ofEngine(
            "A9",
            "a window with another filter goes on",
            "Chunks.Apply#aWindowWithAnotherFilterDoesNotContinueTheProgress",
            CORE + "internal/chunk/PullProgress.java",
            "    return window.filter().equals(cursor.window().filter())\n"
                + "        && window.after()",
            "    return window.after() >= 0\n" + "        && window.after()"),
        Mutant.ofEngine(
            "A10",
            "two contents of one id are one",
            "Chunks.Apply#oneIdWithTwoContentsIsRefusedWithNothingApplied",
            CORE + "internal/chunk/FragmentStage.java",
            "    if (!known.equals(operation)) {",
            "    if (!known.id().equals(operation.id())) {"),
        Mutant.ofEngine(
            "A10",
            "an id in the log is not compared",
            "Chunks.Apply#oneIdWithTwoContentsIsRefusedWithNothingApplied",
            CORE + "internal/append/Incoming.java",
            "    if (!known.equals(operation)) {",
            "    if (!known.id().equals(operation.id())) {"),
        Mutant.ofEngine(
            "A11",
            "a clock may jump",
            "Chunks.Apply#aLamportTimeFarAheadIsRefusedWithTheFirstFragment",
            CORE + "internal/append/Incoming.java",
            "    if (operation.lamport() - now > maxClockJump) {",
            "    if (operation.lamport() - now < 0 && maxClockJump < 0) {"),
        Mutant.ofEngine(
            "A11",
            "the clock is looked at with the last fragment only",
            "Chunks.Apply#aLamportTimeFarAheadIsRefusedWithTheFirstFragment",
            CORE + "internal/chunk/ChunkApplier.java",
            "      guard.check(transaction, operation);\n",
            "      stage.hashCode();\n"));
  }
}
