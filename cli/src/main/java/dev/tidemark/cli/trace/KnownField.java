package dev.tidemark.cli.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.Limits;
import dev.tidemark.api.ReplicaId;
import java.io.IOException;

/** Reads the field {@code known}: a list of {@code ["<replica>", from, to]}. */
final class KnownField {
  private static final String NAME = "known";

  private KnownField() {}

  /** Reads the list that the parser stands at. */
  static KnownOperations read(JsonParser json) throws IOException {
    JsonValues.expect(json, NAME, JsonToken.START_ARRAY, "a list");
    KnownOperations.Builder known = KnownOperations.builder();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      JsonValues.expect(json, NAME, JsonToken.START_ARRAY, "a list of lists");
      json.nextToken();
      ReplicaId replica = ReplicaId.of(JsonValues.hex(json, NAME));
      json.nextToken();
      long from = JsonValues.integer(json, NAME, 1, Limits.MAX_COUNT);
      json.nextToken();
      long to = JsonValues.integer(json, NAME, from, Limits.MAX_COUNT);
      json.nextToken();
      JsonValues.expect(json, NAME, JsonToken.END_ARRAY, "a list of lists of three");
      known.add(replica, from, to);
    }
    return known.build();
  }
}
