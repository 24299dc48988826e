package dev.tidemark.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TraceReaderTest {
  @Test
  void readsTheWorkedExample() {
    List<TraceTransaction> transactions = Traces.readAll(Traces.workedExample());

    assertThat(transactions).extracting(TraceTransaction::number).containsExactly(0L, 1L, 2L);
    assertThat(transactions).allSatisfy(each -> assertThat(each.operations()).hasSize(2));

    Operation.Insert file = (Operation.Insert) transactions.get(0).operations().get(1);
    assertThat(file.id().replica()).isEqualTo(ReplicaId.fromHex(Traces.A));
    assertThat(file.id().counter()).isEqualTo(2);
    assertThat(file.lamport()).isEqualTo(2);
    assertThat(file.node()).isEqualTo(NodeId.fromHex(Traces.node(2)));
    assertThat(file.parent()).isEqualTo(NodeId.fromHex(Traces.node(1)));
    assertThat(file.orderKey()).isEqualTo(OrderKey.of("a.txt".getBytes(StandardCharsets.US_ASCII)));
    assertThat(file.payload()).isEqualTo(Payload.wrap(GeneratedPayload.of(Traces.SEED, 70)));

    assertThat(transactions.get(0).operations().get(0))
        .isInstanceOfSatisfying(
            Operation.Insert.class, directory -> assertThat(directory.payload()).isNull());
    assertThat(transactions.get(1).operations().get(1))
        .isInstanceOfSatisfying(
            Operation.Delete.class,
            delete ->
                assertThat(delete.known().ranges().get(ReplicaId.fromHex(Traces.A))).hasSize(1));
    assertThat(transactions.get(2).operations().get(1)).isInstanceOf(Operation.Move.class);
  }

  @Test
  void aPayloadOfNoBytesIsAPayload() {
    Operation.Insert empty =
        (Operation.Insert) Traces.readAll(Traces.workedExample()).get(2).operations().get(0);
    assertThat(empty.payload()).isEqualTo(Payload.of(""));
  }

  @Test
  void readsGzipWhateverTheFileIsCalled() {
    assertThat(Traces.readAll(Traces.gzip(Traces.workedExample())))
        .isEqualTo(Traces.readAll(Traces.workedExample()));
  }

  @Test
  void readsTheShippedTrace() throws IOException {
    try (InputStream resource =
            TraceReader.class.getResourceAsStream("/dev/tidemark/cli/demo/treecrdt.jsonl.gz");
        TraceReader reader = TraceReader.open("treecrdt", resource)) {
      assertThat(reader.header().operations()).contains(4792L);
      assertThat(reader.header().source()).isEqualTo("cybersemics/treecrdt");
      long transactions = 0;
      long operations = 0;
      long payloadBytes = 0;
      while (reader.hasNext()) {
        TraceTransaction transaction = reader.next();
        transactions++;
        operations += transaction.operations().size();
        payloadBytes += payloadBytes(transaction);
      }
      assertThat(transactions).isEqualTo(683);
      assertThat(operations).isEqualTo(4792);
      assertThat(payloadBytes).isEqualTo(58079989);
    }
  }

  @Test
  void toleratesAMissingLastLineFeedAndBlankLinesAndWindowsLineEnds() {
    List<TraceTransaction> expected = Traces.readAll(Traces.workedExample());
    assertThat(Traces.readAll(Traces.workedExample().strip())).isEqualTo(expected);
    assertThat(Traces.readAll(Traces.workedExample().replace("\n", "\r\n"))).isEqualTo(expected);
    assertThat(Traces.readAll(Traces.workedExample() + "\n\n")).isEqualTo(expected);
  }

  @Test
  void aTraceMayBeEmptyBelowItsHeader() {
    try (TraceReader reader =
        TraceReader.open(
            "test",
            new ByteArrayInputStream(
                "{\"format\":\"tree-trace/1\"}".getBytes(StandardCharsets.UTF_8)))) {
      assertThat(reader.hasNext()).isFalse();
      assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  private static long payloadBytes(TraceTransaction transaction) {
    return transaction.operations().stream()
        .filter(Operation.PayloadCarrying.class::isInstance)
        .map(operation -> ((Operation.PayloadCarrying) operation).payload())
        .mapToLong(payload -> payload == null ? 0 : payload.size())
        .sum();
  }
}
