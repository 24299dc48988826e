package dev.tidemark.cli.command;

import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.ChunkHeader.Fragment;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Text;
import java.util.Locale;

/** How the header of a chunk is shown. */
final class ChunkText {
  private ChunkText() {}

  static String line(ChunkHeader header, int size) {
    Fragment fragment = header.fragment();
    String content =
        fragment == null
            ? Text.count(header.operations(), "operation")
            : "bytes %s to %s of the payload of %s, %s in all"
                .formatted(
                    Text.count(fragment.offset()),
                    Text.count(fragment.offset() + fragment.length() - 1),
                    fragment.operation(),
                    Text.count(fragment.payloadSize()));
    return "%s to %s  %s  %s%s"
        .formatted(
            header.first(),
            header.last(),
            Text.size(size),
            content,
            header.isFinal() ? "  (last)" : "");
  }

  static Report report(ChunkHeader header, int size) {
    Fragment fragment = header.fragment();
    return new Report()
        .with("document", header.document().value())
        .with("bytes", size)
        .with("format", header.format())
        .with("codec", header.codec().name().toLowerCase(Locale.ROOT))
        .with("first", header.first())
        .with("last", header.last())
        .with("operations", header.operations())
        .with("fragment", fragment == null ? null : report(fragment))
        .with("watermark", header.watermark())
        .with("final", header.isFinal())
        .with("next", header.next().token());
  }

  private static Report report(Fragment fragment) {
    return new Report()
        .with("replica", fragment.operation().replica().toHex())
        .with("counter", fragment.operation().counter())
        .with("offset", fragment.offset())
        .with("length", fragment.length())
        .with("payloadSize", fragment.payloadSize());
  }
}
