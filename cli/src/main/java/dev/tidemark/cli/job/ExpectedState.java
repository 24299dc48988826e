package dev.tidemark.cli.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.core.TreeHash;
import dev.tidemark.core.VerificationReport;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a document is expected to be: the file that comes with a trace, as names and values. */
public final class ExpectedState {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> values;

  private ExpectedState(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the file.
   *
   * @param name what to call it in messages
   * @param input a flat JSON object, closed by the caller
   * @return its values
   * @throws CommandFailure if it is something else
   */
  public static ExpectedState read(String name, InputStream input) {
    Map<String, String> values = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(input)) {
      boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
      while (isObject && json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        isObject = json.nextToken().isScalarValue();
        values.put(field, json.getText());
      }
      if (isObject
          && json.currentToken() == JsonToken.END_OBJECT
          && values.containsKey("treeHash")) {
        return new ExpectedState(values);
      }
    } catch (IOException e) {
      // Told below, like every other thing that this file is not.
    }
    throw new CommandFailure(
        ExitCode.BAD_INPUT,
        name + ": this is no file of expected values",
        "Give the .expected.json that comes with a trace: a JSON object with treeHash and counts");
  }

  /**
   * Returns the expected tree hash.
   *
   * @return hexadecimal digits
   */
  public String treeHash() {
    return values.getOrDefault("treeHash", "");
  }

  /**
   * Compares a document with what is expected of it. Values that depend on the order of arrival, or
   * that a store does not keep, are left out.
   *
   * @param log the counts of its log
   * @param fold what folding its log found
   * @param tree the hash of its tree
   * @return one comparison for each value that both sides have
   */
  public List<Comparison> compare(LogSummary log, VerificationReport fold, TreeHash tree) {
    Map<String, String> actual = new LinkedHashMap<>();
    actual.put("treeHash", tree.hex());
    actual.put("visibleNodes", Long.toString(tree.visibleNodes()));
    actual.put("visibleFiles", Long.toString(tree.payloadNodes()));
    actual.put("visiblePayloadBytes", Long.toString(tree.payloadBytes()));
    actual.put("maxDepth", Integer.toString(tree.maxDepth()));
    actual.put("ops", Long.toString(log.operations()));
    actual.put("replicas", Long.toString(log.replicas()));
    actual.put("inserts", Long.toString(log.inserts()));
    actual.put("moves", Long.toString(log.moves()));
    actual.put("payloads", Long.toString(log.payloads()));
    actual.put("deletes", Long.toString(log.deletes()));
    actual.put("payloadBytesAllOps", Long.toString(log.payloadBytes()));
    actual.put("ineffectiveStructuralOps", Long.toString(fold.ineffective()));
    actual.put("tombstonedNodes", Long.toString(fold.tombstoned()));
    List<Comparison> comparisons = new ArrayList<>();
    actual.forEach(
        (name, value) -> {
          String expected = values.get(name);
          if (expected != null) {
            comparisons.add(new Comparison(name, expected, value));
          }
        });
    return comparisons;
  }

  /**
   * One value beside what it should be.
   *
   * @param name its name in the file
   * @param expected what it should be
   * @param actual what it is
   */
  public record Comparison(String name, String expected, String actual) {
    /**
     * Tells whether both are the same.
     *
     * @return whether the value is as expected
     */
    public boolean isEqual() {
      return expected.equals(actual);
    }
  }
}
