package dev.tidemark.cli.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.api.Telemetry;
import dev.tidemark.metrics.MicrometerTelemetry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers {@code GET /metrics} in the text format of Prometheus, as long as a command runs. */
public final class MetricsEndpoint implements AutoCloseable {
  private static final String PATH = "/metrics";
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  /** One scrape at a time, and one that hangs must not keep the next one away. */
  private static final int THREADS = 2;

  private static final int BACKLOG = 16;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpServer server;
  private final ExecutorService threads;

  private MetricsEndpoint(HttpServer server) {
    this.server = server;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "tidemark-metrics");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to answer.
   *
   * @param host the address to listen at
   * @param port the port; 0 for any that is free
   * @return the endpoint, to be closed
   * @throws IOException if nothing can listen there
   */
  public static MetricsEndpoint start(String host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
    MetricsEndpoint endpoint = new MetricsEndpoint(HttpServer.create(address, BACKLOG));
    endpoint.server.setExecutor(endpoint.threads);
    endpoint.server.createContext("/", endpoint::answer);
    endpoint.server.start();
    return endpoint;
  }

  /**
   * Returns where the metrics are.
   *
   * @return a URL
   */
  public String url() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return "http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + address.getPort()
        + PATH;
  }

  /**
   * Makes a telemetry whose figures are shown here.
   *
   * @param store the name of the store
   * @return for the builder of the store
   */
  public Telemetry telemetry(String store) {
    return MicrometerTelemetry.of(registry, store);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        send(exchange, 404, "text/plain; charset=utf-8", "The metrics are at " + PATH + "\n");
      } else if (exchange.getRequestMethod().equals("GET")) {
        send(exchange, 200, TEXT_FORMAT, registry.scrape());
      } else {
        exchange.getResponseHeaders().set("Allow", "GET");
        send(exchange, 405, "text/plain; charset=utf-8", "Only GET is answered\n");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    registry.close();
  }
}
