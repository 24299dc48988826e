package dev.tidemark.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.conformance.kit.rule.RuleText;
import dev.tidemark.conformance.kit.rule.Rules;
import dev.tidemark.conformance.mutant.MutantRun.Failure;
import dev.tidemark.conformance.mutant.MutantRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/**
 * Each mutant fails the kit with the name of the rule that it breaks, and of no other, by an
 * assertion. {@code -Dtidemark.mutant=text} runs those whose description contains the text.
 */
class MutantsTest {
  private static final int LEAST = 60;
  private static final Pattern BROKEN = Pattern.compile("(?m)^rule ([A-Z][0-9]+) .* is broken$");
  private static final Map<String, String> TABLE = new TreeMap<>();

  private static List<Mutant> mutants() {
    return Stream.of(
            StreamMutants.all(),
            ApplyMutants.all(),
            ReplayMutants.all(),
            BackendMutants.all(),
            BoundMutants.all(),
            RowMutants.all(),
            PayloadMutants.all(),
            WaitingMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void everyRuleHasAMutant() {
    List<Mutant> mutants = mutants();
    assertThat(mutants).hasSizeGreaterThanOrEqualTo(LEAST);
    assertThat(mutants).extracting(Mutant::toString).doesNotHaveDuplicates();
    assertThat(mutants)
        .extracting(Mutant::rule)
        .containsAll(Rules.all().stream().map(RuleText::name).toList());
  }

  @TestFactory
  Stream<DynamicTest> everyMutantIsCaught() {
    String wanted = System.getProperty("tidemark.mutant", "");
    return mutants().stream()
        .filter(mutant -> mutant.toString().contains(wanted))
        .map(mutant -> DynamicTest.dynamicTest(mutant.toString(), () -> requireCaught(mutant)));
  }

  private static void requireCaught(Mutant mutant)
      throws IOException, ReflectiveOperationException {
    Outcome outcome = MutantRun.of(mutant);
    assertThat(outcome.tests()).as("tests that ran").isPositive();
    assertThat(outcome.failures()).as("failures").isNotEmpty();
    for (Failure failure : outcome.failures()) {
      assertThat(broken(failure.cause()))
          .as("the rules that %s names: %s", failure.test(), failure.cause())
          .containsExactly(mutant.rule());
    }
    TABLE.put(mutant.toString(), row(mutant, outcome.failures().get(0)));
  }

  /** The rules that an assertion says are broken; none where it was no assertion. */
  private static List<String> broken(Throwable cause) {
    List<String> rules = new ArrayList<>();
    if (cause instanceof AssertionFailedError) {
      Matcher matcher = BROKEN.matcher(String.valueOf(cause.getMessage()));
      while (matcher.find()) {
        rules.add(matcher.group(1));
      }
    }
    return rules;
  }

  private static String row(Mutant mutant, Failure failure) {
    return String.format(
        "| %s | %s | %s | %s | %s |",
        mutant.rule(),
        mutant.name(),
        mutant.defect() == null ? "engine" : "backend",
        mutant.contract() + ": " + failure.test(),
        reason(failure.cause()));
  }

  /** What the assertion says, behind the texts of the rule, in one line. */
  private static String reason(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    String said = text.substring(text.indexOf('\n', text.indexOf("look at:")) + 1);
    String line = said.strip().replaceAll("\\s+", " ").replace("|", "/");
    return line.length() > 90 ? line.substring(0, 90) + "…" : line;
  }

  @AfterAll
  static void printTable() throws IOException {
    StringBuilder table = new StringBuilder();
    table.append("| rule | defect | in | caught by | what it said |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    TABLE.values().forEach(row -> table.append(row).append('\n'));
    table.append(TABLE.size()).append(" of ").append(mutants().size()).append(" mutants caught\n");
    System.out.println(table);
    Path folder = Files.createDirectories(Path.of("target", "tidemark-conformance"));
    Files.writeString(folder.resolve("mutants.md"), table);
  }
}
