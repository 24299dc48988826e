package dev.tidemark.cli.command;

import dev.tidemark.api.Telemetry;
import dev.tidemark.cli.metrics.MetricsEndpoint;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and where a command that runs long shows its metrics. */
final class MetricsOptions {
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Show metrics for Prometheus at http://HOST:PORT/metrics while the command runs; 0"
              + " takes a free port and prints it.")
  private @Nullable Integer port;

  @Option(
      names = "--metrics-host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "The address for --metrics-port (default: ${DEFAULT-VALUE}, this machine only).")
  private String host = "127.0.0.1";

  /** Starts to show metrics if that was asked for, and says where. */
  Session start(Consumer<String> announcement) {
    if (port == null) {
      return new Session(null);
    }
    if (port < 0 || port > MAX_PORT) {
      throw new CommandFailure(
          ExitCode.USAGE, "--metrics-port is " + port, "Give it a port, 0 to " + MAX_PORT);
    }
    try {
      MetricsEndpoint endpoint = MetricsEndpoint.start(host, port);
      announcement.accept("metrics are at " + endpoint.url());
      return new Session(endpoint);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "metrics cannot be shown at %s port %d: %s".formatted(host, port, e.getMessage()),
          "Choose another --metrics-port, or 0 for any that is free");
    }
  }

  /** Shows metrics until it is closed, or does nothing. */
  static final class Session implements AutoCloseable {
    private final @Nullable MetricsEndpoint endpoint;

    private Session(@Nullable MetricsEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    /** For a store that the command opens; the name tells it apart from others. */
    Telemetry telemetry(String store) {
      return endpoint == null ? Telemetry.NONE : endpoint.telemetry(store);
    }

    /** Whether a store that was opened should look at its documents. */
    boolean isOn() {
      return endpoint != null;
    }

    @Override
    public void close() {
      if (endpoint != null) {
        endpoint.close();
      }
    }
  }
}
