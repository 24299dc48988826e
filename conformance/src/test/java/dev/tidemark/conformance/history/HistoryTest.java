package dev.tidemark.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidemark.api.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{A1@1 insert a/ROOT, B2@9 move 3>a key 00ff} + {}",
        "{A1@1 insert 3/2 key 05 payload text, F1@1 write ROOT text} + deferred {A2@2 clear 3}",
        "deferred {C1@5 delete 3 knowing A1, A2, B7, A2@2 delete b knowing nothing}",
        "limited 0 {A1@1 insert 1/ROOT} + failing 12 {A2@2 clear 1} + interrupt 3 {} + verify {}"
      })
  void whatIsWrittenIsWhatWasRead(String text) {
    assertThat(History.parse(text, Ranks.LAMPORT)).hasToString(text);
  }

  @Test
  void randomHistoriesAreWrittenSoThatTheyCanBeReadAgain() {
    LongStream.range(0, 500)
        .mapToObj(RandomHistories::of)
        .forEach(h -> assertThat(History.parse(h.toString(), Ranks.LAMPORT)).isEqualTo(h));
  }

  @Test
  void oneSeedMakesOneHistory() {
    assertThat(RandomHistories.of(42)).isEqualTo(RandomHistories.of(42));
    assertThat(RandomHistories.of(42)).isNotEqualTo(RandomHistories.of(43));
  }

  @ParameterizedTest
  @EnumSource
  void ranksAreInCanonicalOrder(Ranks ranks) {
    List<Operation> operations =
        History.parse("{#0 1>2, #1 1>3, #2 1>4, #3 1>5, #9 1>6, #10 1>7}", ranks).operations();

    assertThat(operations).isSortedAccordingTo(Comparator.comparing(Operation::key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"#1 2>1", "{#1 2}1}", "{#1 remove 2}", "{A1 insert 2}", "{#1 2>Bad}"})
  void whatIsNoHistoryIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> History.parse(text, Ranks.LAMPORT));
  }

  @Test
  void shrinkingLeavesWhatTheFailureNeeds() {
    History failing =
        History.parse(
            "deferred {A1@1 insert 1, A2@2 insert 2} + {B1@3 move 1>2, A3@3 move 2>1}"
                + " + {A4@4 delete 2 knowing A1, A3, B1}",
            Ranks.LAMPORT);

    History smallest =
        Shrinking.smallest(
            failing,
            candidate ->
                candidate.toString().contains("move 2>1") && candidate.toString().contains("A4@"));
    assertThat(smallest).hasToString("{A3@3 move 2>1, A4@4 delete 2 knowing A3}");
  }
}
