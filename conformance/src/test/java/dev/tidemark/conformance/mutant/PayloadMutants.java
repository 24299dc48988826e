package dev.tidemark.conformance.mutant;

import dev.tidemark.api.OperationId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StagedPayload;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Backends that get the bytes of large payloads wrong, or what waits for them. */
final class PayloadMutants {
  private PayloadMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.ofBackend(
            "C5",
            "a range of a payload is off by one behind the first piece",
            "Storage.Payload#everyRangeIsReadWhereverThePiecesMeet",
            Defect.in(
                "readPayload",
                call ->
                    call.<Long>argument(1) > 0
                        ? call.proceedWith(
                            call.argument(0), call.<Long>argument(1) - 1, call.argument(2))
                        : call.proceed())),
        Mutant.ofBackend(
            "A4",
            "pieces that come later replace the first",
            "Storage.Payload#piecesMayComeInAnyOrderAndSize",
            Defect.in("readPayload", PayloadMutants::zeroBehindTheFirstPiece)),
        Mutant.ofBackend(
            "A4",
            "the ranges of a staged payload are not replaced",
            "Storage.Staging#aStagedPayloadIsReplacedByItsOperation",
            Defect.in(
                "putStagedPayload",
                call -> {
                  OperationId id = call.<StagedPayload>argument(0).operation().id();
                  boolean isNew =
                      ((ReadTransaction) call.target()).stagedPayloads(List.of(id)).isEmpty();
                  return isNew ? call.proceed() : null;
                })),
        Mutant.ofBackend(
            "A6",
            "bytes that are not there are read as zeros",
            "Storage.Payload#bytesThatAreNotThereAreReported",
            Defect.in(
                "readPayload",
                call -> {
                  try {
                    return call.proceed();
                  } catch (TidemarkException e) {
                    return new byte[call.<Integer>argument(2)];
                  }
                })),
        Mutant.ofBackend(
            "A8",
            "all pieces of a payload are removed at once",
            "Storage.Payload#piecesAreRemovedInBoundedSteps",
            Defect.in(
                "removePayload", call -> call.proceedWith(call.argument(0), Integer.MAX_VALUE))),
        Mutant.ofBackend(
            "A8",
            "the row of what was left over goes, its pieces stay",
            "Operation.MaintenanceFault#cleaningUpThatFailsIsTakenUpAgain",
            Defect.in("removePayload", call -> 0)),
        Mutant.ofBackend(
            "C5",
            "a range is cut out of all that stands before it",
            "Operation.Memory",
            Defect.in("readPayload", PayloadMutants::cutOutOfAll)),
        Mutant.ofBackend(
            "A5",
            "a piece is joined with all that stand before it",
            "Operation.Memory",
            Defect.in("writePayload", PayloadMutants::joinedWithAll)),
        Mutant.ofBackend(
            "A8",
            "payloads that were touched just now count as left over",
            "Storage.Staging#theStagedPayloadsThatWereTouchedBeforeATimeAreListed",
            Defect.in(
                "stagedBefore",
                call ->
                    call.proceedWith(
                        Math.max(call.<Long>argument(0), call.<Long>argument(0) + 1),
                        call.argument(1)))));
  }

  private static byte[] cutOutOfAll(Call call) throws Throwable {
    int offset = (int) call.<Long>argument(1).longValue();
    int length = call.argument(2);
    byte[] all = call.proceedWith(call.argument(0), 0L, offset + length);
    return Arrays.copyOfRange(all, offset, all.length);
  }

  private static @Nullable Object joinedWithAll(Call call) throws Throwable {
    int offset = (int) call.<Long>argument(1).longValue();
    if (offset > 0) {
      byte[] before = ((ReadTransaction) call.target()).readPayload(call.argument(0), 0, offset);
      byte[] piece = call.argument(2);
      byte[] joined = Arrays.copyOf(before, offset + piece.length);
      System.arraycopy(piece, 0, joined, offset, piece.length);
      return call.proceedWith(
          call.argument(0), (long) offset, Arrays.copyOfRange(joined, offset, joined.length));
    }
    return call.proceed();
  }

  private static byte[] zeroBehindTheFirstPiece(Call call) throws Throwable {
    byte[] bytes = call.proceed();
    for (int i = 600; i < bytes.length; i++) {
      bytes[i] = 0;
    }
    return bytes;
  }
}
