package dev.tidemark.cli.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks a Prometheus by its HTTP API. */
record PrometheusApi(String url) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** One value of an instant query. */
  record Sample(Map<String, String> labels, double value) {}

  /** The values of one series over time, by seconds since 1970. */
  record Series(Map<String, String> labels, TreeMap<Double, Double> values) {}

  boolean isReady() {
    try {
      return send("/-/ready", "").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  List<Sample> query(String expression) {
    List<Sample> samples = new ArrayList<>();
    for (JsonTree result : data("/api/v1/query", expression, "").get("result").list()) {
      double value = number(result.get("value").list().get(1).text());
      samples.add(new Sample(result.get("metric").strings(), value));
    }
    return samples;
  }

  /** The only value of a query. */
  double value(String expression) {
    List<Sample> samples = query(expression);
    if (samples.size() != 1) {
      throw new AssertionError(expression + " has " + samples.size() + " values: " + samples);
    }
    return samples.get(0).value();
  }

  List<Series> range(String expression, double start, double end, double step) {
    List<Series> all = new ArrayList<>();
    String times = "&start=" + start + "&end=" + end + "&step=" + step;
    JsonTree data = data("/api/v1/query_range", expression, times);
    for (JsonTree result : data.get("result").list()) {
      TreeMap<Double, Double> values = new TreeMap<>();
      for (JsonTree pair : result.get("values").list()) {
        values.put(pair.list().get(0).number(), number(pair.list().get(1).text()));
      }
      all.add(new Series(result.get("metric").strings(), values));
    }
    return all;
  }

  List<JsonTree> rules() {
    List<JsonTree> rules = new ArrayList<>();
    data("/api/v1/rules", "", "")
        .get("groups")
        .list()
        .forEach(group -> rules.addAll(group.get("rules").list()));
    return rules;
  }

  private JsonTree data(String path, String expression, String more) {
    String query = "?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8) + more;
    try {
      JsonTree answer = JsonTree.parse(send(path, query).body());
      if (!answer.get("status").text().equals("success")) {
        throw new AssertionError(expression + ": " + answer.get("error").text());
      }
      return answer.get("data");
    } catch (IOException e) {
      throw new IllegalStateException(path + query, e);
    }
  }

  private HttpResponse<String> send(String path, String query) throws IOException {
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create(url + path + query)).build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
