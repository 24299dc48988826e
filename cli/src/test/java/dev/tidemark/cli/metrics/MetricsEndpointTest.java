package dev.tidemark.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** What is answered, and to whom. */
class MetricsEndpointTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void metricsAreAnsweredInTheTextFormat() throws Exception {
    try (MetricsEndpoint endpoint = MetricsEndpoint.start("127.0.0.1", 0)) {
      assertThat(endpoint.url()).matches("http://127\\.0\\.0\\.1:\\d{2,5}/metrics");
      endpoint.telemetry("notes").appended(3, 1, 1_000_000);

      HttpResponse<String> answer = get(endpoint.url());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      assertThat(answer.body())
          .contains("tidemark_append_operations_sum{store=\"notes\"} 3.0")
          .contains("tidemark_pending_operations{store=\"notes\"} NaN");
      assertThat(get(endpoint.url().replace("/metrics", "/")).statusCode()).isEqualTo(404);
      HttpRequest post =
          HttpRequest.newBuilder(URI.create(endpoint.url())).POST(BodyPublishers.noBody()).build();
      assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
    }
  }

  @Test
  void aPortThatIsTakenIsSaidAndAfterTheEndNobodyAnswers() throws Exception {
    String url;
    try (MetricsEndpoint endpoint = MetricsEndpoint.start("127.0.0.1", 0)) {
      url = endpoint.url();
      int port = URI.create(url).getPort();
      assertThatThrownBy(() -> MetricsEndpoint.start("127.0.0.1", port))
          .isInstanceOf(BindException.class);
    }
    assertThatThrownBy(() -> get(url)).isInstanceOf(IOException.class);
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }
}
