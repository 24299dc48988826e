package dev.tidemark.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceWriterTest {
  private static final ReplicaId SHORT = ReplicaId.of(new byte[] {7});
  private static final NodeId NODE = NodeId.fromHex(Traces.node(1));

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    List<TraceTransaction> transactions = Traces.readAll(Traces.workedExample());
    assertThat(Traces.readAll(written(transactions))).isEqualTo(transactions);
  }

  @Test
  void writingWhatWasReadGivesTheSameBytes() throws IOException {
    byte[] once = written(Traces.readAll(Traces.workedExample()));
    assertThat(written(Traces.readAll(once))).isEqualTo(once);
  }

  @Test
  void keepsWhatOnlyLogsOfStoresHave() throws IOException {
    KnownOperations known = KnownOperations.builder().add(SHORT, 1, 3).add(SHORT, 9, 9).build();
    List<TraceTransaction> transactions =
        List.of(
            new TraceTransaction(
                0,
                List.of(
                    new Operation.SetPayload(new OperationId(SHORT, 5), 9, NODE, null),
                    new Operation.SetPayload(
                        new OperationId(ReplicaId.fromHex(Traces.B), 2),
                        8,
                        NodeId.ROOT,
                        Payload.of("")),
                    new Operation.Move(
                        new OperationId(SHORT, 2), 3, NODE, NodeId.ROOT, OrderKey.EMPTY))),
            new TraceTransaction(
                1, List.of(new Operation.Delete(new OperationId(SHORT, 1), 20, NODE, known))));
    assertThat(Traces.readAll(written(transactions))).isEqualTo(transactions);
  }

  @Test
  void copiesPayloadsThatAreElsewhere() throws IOException {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    Payload inline = Payload.of(content);
    Operation.SetPayload stored =
        new Operation.SetPayload(
            new OperationId(SHORT, 1), 1, NODE, Payload.reference(content.length, inline.digest()));

    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (TraceWriter writer =
        new TraceWriter(output, "test", 1, id -> new ByteArrayInputStream(content))) {
      writer.write(0, stored);
    }

    Operation read = Traces.readAll(output.toByteArray()).get(0).operations().get(0);
    assertThat(read).isEqualTo(stored.withPayload(inline));
    assertThat(((Operation.SetPayload) read).payload())
        .isNotNull()
        .satisfies(payload -> assertThat(payload.toByteArray()).isEqualTo(content));
  }

  @Test
  void aReaderOfTheFirstFormatRefusesTheHeader() throws IOException {
    assertThat(new String(written(List.of()), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"format\":\"tree-trace/2\",\"source\":\"test\",\"ops\":0}\n");
  }

  private static byte[] written(List<TraceTransaction> transactions) throws IOException {
    List<Operation> all = new ArrayList<>();
    transactions.forEach(each -> all.addAll(each.operations()));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (TraceWriter writer =
        new TraceWriter(
            output,
            "test",
            all.size(),
            id -> {
              throw new IllegalStateException("all payloads are inline");
            })) {
      for (TraceTransaction transaction : transactions) {
        for (Operation operation : transaction.operations()) {
          writer.write(transaction.number(), operation);
        }
      }
    }
    return output.toByteArray();
  }
}
