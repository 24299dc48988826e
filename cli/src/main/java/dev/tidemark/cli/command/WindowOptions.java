package dev.tidemark.cli.command;

import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.OperationFilter;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a log is read, and in how large pieces. */
final class WindowOptions {
  @Option(
      names = "--after",
      paramLabel = "VERSION",
      defaultValue = "0",
      description = "Start after this version (default: ${DEFAULT-VALUE}, at the beginning).")
  private long after;

  @Option(
      names = "--through",
      paramLabel = "VERSION",
      description = "End with this version (default: the last one).")
  private @Nullable Long through;

  @Option(
      names = "--only",
      paramLabel = "REPLICA",
      description = "Read this author's operations only; may be repeated.")
  private List<String> only = List.of();

  @Option(
      names = "--except",
      paramLabel = "REPLICA",
      description = "Leave this author's operations out; may be repeated.")
  private List<String> except = List.of();

  @Option(
      names = "--chunk-size",
      paramLabel = "SIZE",
      converter = ByteSizeConverter.class,
      defaultValue = "5MiB",
      description =
          "The largest chunk before it is compressed, 256KiB to 32MiB (default: ${DEFAULT-VALUE}).")
  private int chunkSize = ChunkSize.DEFAULT;

  @Option(
      names = "--window-cap",
      paramLabel = "SIZE",
      converter = ByteSizeConverter.class,
      description = "End at the first version boundary after so many bytes of operations.")
  private @Nullable Integer cap;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "Go on at the token of a chunk; it brings all other settings with it.")
  private @Nullable String token;

  ChunkRequest toRequest() {
    if (token != null) {
      return ChunkRequest.resume(token);
    }
    if (!only.isEmpty() && !except.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "--only and --except exclude each other", "Give one of them");
    }
    Numbers.requireNotNegative("--after", after);
    ChunkRequest request = ChunkRequest.after(after).withChunkSize(chunkSize);
    if (through != null) {
      Numbers.requireNotNegative("--through", through);
      request = request.withWatermark(through);
    }
    if (!only.isEmpty()) {
      request = request.withFilter(OperationFilter.only(replicas(only)));
    }
    if (!except.isEmpty()) {
      request = request.withFilter(OperationFilter.except(replicas(except)));
    }
    return cap == null ? request : request.withWindowCap(cap);
  }

  private static Set<ReplicaId> replicas(List<String> names) {
    return names.stream().map(ReplicaId::fromHex).collect(Collectors.toSet());
  }
}
