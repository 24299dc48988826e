package dev.tidemark.cli.watch;

import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The metrics endpoint of another process. */
public final class MetricsSource {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final URI url;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private MetricsSource(URI url) {
    this.url = url;
  }

  /**
   * Names the endpoint.
   *
   * @param url its URL, as the option {@code --metrics} gives it
   * @return the source; nothing is connected to yet
   */
  public static MetricsSource of(String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && url.startsWith("http")) {
        return new MetricsSource(uri);
      }
    } catch (IllegalArgumentException e) {
      throw notUnderstood(url, e);
    }
    throw notUnderstood(url, null);
  }

  private static CommandFailure notUnderstood(String url, @Nullable Throwable cause) {
    CommandFailure failure =
        new CommandFailure(
            ExitCode.USAGE,
            "--metrics is " + url,
            "Give it a URL such as http://127.0.0.1:9464/metrics");
    if (cause != null) {
      failure.initCause(cause);
    }
    return failure;
  }

  /** Asks; fails with what is wrong, for people. */
  MetricsPage read() throws IOException {
    HttpResponse<String> response;
    try {
      response =
          client.send(
              HttpRequest.newBuilder(url).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? "no connection" : e.getMessage();
      throw new IOException(url + " cannot be read: " + reason, e);
    }
    if (response.statusCode() != 200) {
      throw new IOException(url + " answers with status " + response.statusCode());
    }
    MetricsPage page = MetricsPage.parse(response.body());
    if (!page.isOfTidemark()) {
      throw new IOException(url + " has no metrics of Tidemark");
    }
    return page;
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
