package dev.tidemark.conformance.history;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the notation of the design; {@link HistoryPrinter} writes it. */
final class HistoryParser {
  private static final Pattern BATCH = Pattern.compile("(?:([a-z]+) )?(?:(\\d+) )?\\{([^}]*)}");

  /** Commas separate operations, and known ids as well; only an operation has a space inside. */
  private static final Pattern SEPARATOR = Pattern.compile(",\\s*(?=#|[A-Z]\\d+@)");

  private static final Pattern OPERATION = Pattern.compile("(?:#(\\d+)|([A-Z])(\\d+)@(\\d+)) (.*)");
  private static final Pattern STRUCTURAL =
      Pattern.compile(
          "(?<verb>insert |move |)(?<node>\\w+)(?:[/>](?<parent>\\w+))?"
              + "(?: key (?<key>[0-9a-f]+))?(?: payload (?<payload>.*))?");
  private static final Pattern WRITE = Pattern.compile("write (\\w+) (.*)");
  private static final Pattern CLEAR = Pattern.compile("clear (\\w+)");
  private static final Pattern DELETE = Pattern.compile("delete (\\w+) knowing (.*)");
  private static final Pattern COMMA = Pattern.compile(",\\s*");
  private static final Pattern ID = Pattern.compile("([A-Z])(\\d+)");

  private final Ranks ranks;

  HistoryParser(Ranks ranks) {
    this.ranks = ranks;
  }

  History parse(String text) {
    List<Batch> batches = new ArrayList<>();
    Matcher matcher = BATCH.matcher(text);
    while (matcher.find()) {
      @Nullable String word = matcher.group(1);
      @Nullable String number = matcher.group(2);
      Handling handling =
          word == null ? Handling.IMMEDIATE : Handling.valueOf(word.toUpperCase(Locale.ROOT));
      batches.add(
          new Batch(
              batch(matcher.group(3).strip()),
              handling,
              number == null ? 0 : Integer.parseInt(number)));
    }
    if (!matcher.replaceAll("").replace("+", "").isBlank()) {
      throw new IllegalArgumentException("no history: " + text);
    }
    return new History(batches);
  }

  private List<Operation> batch(String text) {
    return text.isEmpty() ? List.of() : SEPARATOR.splitAsStream(text).map(this::operation).toList();
  }

  private Operation operation(String text) {
    Matcher matcher = matching(OPERATION, text);
    CanonicalKey key =
        matcher.group(1) != null
            ? ranks.key(Integer.parseInt(matcher.group(1)))
            : new CanonicalKey(
                Long.parseLong(matcher.group(4)),
                Names.replica(matcher.group(2).charAt(0)),
                Long.parseLong(matcher.group(3)));
    return operation(key.id(), key.lamport(), matcher.group(5).strip());
  }

  private static Operation operation(OperationId id, long lamport, String verb) {
    if (verb.startsWith("delete ")) {
      Matcher delete = matching(DELETE, verb);
      return new Operation.Delete(id, lamport, Names.node(delete.group(1)), known(delete.group(2)));
    } else if (verb.startsWith("clear ")) {
      NodeId node = Names.node(matching(CLEAR, verb).group(1));
      return new Operation.SetPayload(id, lamport, node, null);
    } else if (verb.startsWith("write ")) {
      Matcher write = matching(WRITE, verb);
      return new Operation.SetPayload(
          id, lamport, Names.node(write.group(1)), Payload.of(write.group(2)));
    }
    Matcher structural = matching(STRUCTURAL, verb);
    NodeId node = Names.node(structural.group("node"));
    @Nullable String parentName = structural.group("parent");
    NodeId parent = parentName == null ? NodeId.ROOT : Names.node(parentName);
    @Nullable String hex = structural.group("key");
    OrderKey orderKey = hex == null ? OrderKey.EMPTY : OrderKey.fromHex(hex);
    @Nullable String payload = structural.group("payload");
    return structural.group("verb").equals("insert ")
        ? new Operation.Insert(
            id, lamport, node, parent, orderKey, payload == null ? null : Payload.of(payload))
        : new Operation.Move(id, lamport, node, parent, orderKey);
  }

  private static KnownOperations known(String text) {
    KnownOperations.Builder known = KnownOperations.builder();
    if (!text.equals("nothing")) {
      COMMA
          .splitAsStream(text)
          .map(name -> matching(ID, name))
          .map(
              id ->
                  new OperationId(
                      Names.replica(id.group(1).charAt(0)), Long.parseLong(id.group(2))))
          .forEach(known::add);
    }
    return known.build();
  }

  private static Matcher matching(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("cannot read \"" + text + "\" as " + pattern);
    }
    return matcher;
  }
}
