package dev.tidemark.conformance.kit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.conformance.kit.BackendConformance;
import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.spi.Capability;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The groups of a backend may run in a JVM each. */
class ReportWriterTest {
  private static final String BACKEND = "of a test";
  private static final List<KitTest> KIT =
      KitTest.in(BackendConformance.class).stream().filter(test -> !test.isSlow()).toList();

  @TempDir private Path directory;

  private Path file(String extension) {
    return directory.resolve("of_a_test." + extension);
  }

  private static boolean isStorage(KitTest test) {
    return test.contract().startsWith("Storage.");
  }

  /** A run of some tests of the kit, which all pass. */
  private ReportWriter run(Predicate<KitTest> which) {
    ReportWriter writer = new ReportWriter(directory.toString());
    writer.tested(BACKEND, InMemoryBackendProvider.class);
    List<KitTest> tests = KIT.stream().filter(which).toList();
    writer.of(BACKEND).expect(tests);
    tests.forEach(test -> writer.of(BACKEND).passed(test, Refusals.Noted.NOTHING));
    return writer;
  }

  @Test
  void aWholeRunHasALineToPublish() {
    run(test -> true).close();

    assertThat(file("badge")).content().matches("Tidemark conformance .* of .* rules\n");
    assertThat(file("txt")).content().doesNotContain("no whole run");
  }

  @Test
  void someGroupsHaveNoneAndNameWhatIsMissing() {
    run(ReportWriterTest::isStorage).close();

    assertThat(file("badge")).doesNotExist();
    assertThat(file("txt"))
        .content()
        .contains("this is no whole run")
        .contains("Tests are missing of Chunk.Apply, ")
        .doesNotContain("Storage.Log");
  }

  @Test
  void groupsOfSeveralRunsComeTogether() {
    run(ReportWriterTest::isStorage).close();
    run(test -> !isStorage(test)).close();

    assertThat(file("badge")).exists();
    assertThat(file("txt")).content().doesNotContain("Not verified");
  }

  @Test
  void aRunOfOtherClassesStartsAnew() {
    run(ReportWriterTest::isStorage).close();
    ReportWriter other = run(test -> !isStorage(test));
    other.tested(BACKEND, Test.class);
    other.close();

    assertThat(file("badge")).doesNotExist();
    assertThat(file("txt")).content().contains("Tests are missing of Storage.Documents, ");
  }

  @Test
  void aLineOfAnEarlierBuildDoesNotStayBesideItsReport() {
    run(test -> true).close();
    ReportWriter other = run(ReportWriterTest::isStorage);
    other.tested(BACKEND, Test.class);
    other.close();

    assertThat(file("badge")).doesNotExist();
  }

  @Test
  void theNewerResultOfATestCounts() {
    KitTest test = KIT.get(0);
    ReportWriter failing = run(each -> !each.equals(test));
    failing.of(BACKEND).failed(test);
    failing.close();
    assertThat(file("badge")).content().contains(" broken");

    run(each -> each.equals(test)).close();
    assertThat(file("badge")).content().doesNotContain(" broken");
  }

  @Test
  void whatTheAuthorGivesNoMeansForIsNotVerified() {
    KitTest test = KIT.get(0);
    ReportWriter writer = run(each -> !each.equals(test));
    Refusals.begin();
    Refusals.leftOpen();
    writer.of(BACKEND).passed(test, Refusals.end());
    writer.close();

    assertThat(file("badge")).content().contains(test.rules().size() + " not verified (");
  }

  @Test
  void whatNobodyCountedIsShownAndSaysSo() {
    KitTest test =
        KIT.stream().filter(each -> each.rules().equals(List.of("C6"))).findFirst().get();
    ReportWriter writer = run(each -> !each.equals(test));
    Refusals.begin();
    Refusals.uncounted();
    writer.of(BACKEND).passed(test, Refusals.end());
    writer.close();

    assertThat(file("badge")).content().contains(" rules (1 not counted: C6)\n");
    assertThat(file("txt")).content().contains("Shown, not counted");
    // What a later run counts is counted.
    run(each -> each.equals(test)).close();
    assertThat(file("badge")).content().doesNotContain("not counted");
  }

  @Test
  void aRuleOfWhichSomeTestsWereRefusedIsShownInPart() {
    Predicate<KitTest> isRefused = test -> test.contract().equals("Operation.LeastPrivilege");
    ReportWriter writer = run(isRefused.negate());
    refuse(writer, isRefused, Capability.READ_ONLY_OPEN);
    writer.close();

    assertThat(file("badge")).content().contains(" in part (C7, R7), off: READ_ONLY_OPEN\n");
    assertThat(file("txt"))
        .content()
        .contains("Shown in part")
        .contains("  C7 Read only: READ_ONLY_OPEN\n");
    // What a later run takes in keeps the reason.
    run(ReportWriterTest::isStorage).close();
    assertThat(file("txt")).content().contains("  C7 Read only: READ_ONLY_OPEN\n");
  }

  @Test
  void aRuleOfWhichAllTestsWereRefusedIsRefused() {
    Predicate<KitTest> isRefused = test -> test.rules().contains("B11");
    ReportWriter writer = run(isRefused.negate());
    refuse(writer, isRefused, Capability.COMMIT_SIGNAL);
    writer.close();

    assertThat(file("badge")).content().contains(", 1 refused (B11), off: COMMIT_SIGNAL\n");
  }

  @Test
  void theRuleOfRefusalsIsShownByThem() {
    Predicate<KitTest> isRefused = test -> test.rules().contains("B10");
    ReportWriter writer = run(isRefused.negate());
    refuse(writer, isRefused, Capability.DURABLE);
    writer.close();

    assertThat(file("txt"))
        .content()
        .contains("Shown in part")
        .doesNotContain("B10 Capabilities: ");
    assertThat(file("txt")).content().contains("  B10 Capabilities\n");
  }

  private static void refuse(ReportWriter writer, Predicate<KitTest> which, Capability capability) {
    Refusals.begin();
    Refusals.asserted(capability);
    Refusals.Noted noted = Refusals.end();
    KIT.stream().filter(which).forEach(test -> writer.of(BACKEND).passed(test, noted));
  }

  @Test
  void whatIsDeclaredOffIsListedWhetherOrNotATestAskedForIt() {
    ReportWriter writer = run(ReportWriterTest::isStorage);
    writer.of(BACKEND).declaredOff(List.of(Capability.SEVERAL_PROCESSES));
    writer.close();

    assertThat(file("txt")).content().contains("Capabilities declared off: SEVERAL_PROCESSES\n");
  }

  @Test
  void testsWithParametersCountTheirInvocations() {
    ReportWriter writer = run(test -> true);
    writer.of(BACKEND).passed(KIT.get(0), Refusals.Noted.NOTHING);
    writer.close();

    assertThat(file("txt"))
        .content()
        .contains(
            "%1$s of %1$s tests of the kit were run, in %2$s "
                .formatted(KIT.size(), KIT.size() + 1));
  }

  @Test
  void slowTestsThatAreLeftOutAreNamed() {
    run(test -> true).close();

    assertThat(file("txt"))
        .content()
        .contains(
            "Left out as it is slow, unless tidemark.large=true:"
                + " Operation.PayloadSizes#aPayloadOfOneGibibyteIsStreamed\n");
  }

  @Test
  void whatFailedComesFirstAndAPartialRunIsShort() {
    KitTest failed = KIT.stream().filter(ReportWriterTest::isStorage).findFirst().orElseThrow();
    ReportWriter writer = run(test -> isStorage(test) && !test.equals(failed));
    writer.of(BACKEND).failed(failed);
    writer.close();

    assertThat(file("txt"))
        .content()
        .containsSubsequence("Failed (1)\n  " + failed, "Broken (", "Not verified: ", "Shown (")
        .doesNotContain("C11 Window cap");
  }

  @Test
  void noReportIsWrittenWhereNoneIsWanted() {
    ReportWriter writer = new ReportWriter("off");
    writer.of(BACKEND).passed(KIT.get(0), Refusals.Noted.NOTHING);
    writer.close();

    assertThat(directory).isEmptyDirectory();
  }
}
