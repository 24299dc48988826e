package dev.tidemark.conformance.kit.report;

import dev.tidemark.conformance.kit.BackendUnderTest;
import dev.tidemark.conformance.kit.rule.RuleText;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.Capability;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Watches the tests of the kit: names the rule in each failure, and keeps what the closing report
 * says. A class of the kit that ran and showed nothing fails, and so does one that ran as a whole
 * and left a rule open that its tests are about.
 */
public final class ConformanceExtension
    implements ExecutionCondition,
        BeforeEachCallback,
        BeforeTestExecutionCallback,
        AfterTestExecutionCallback,
        AfterAllCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler,
        TestWatcher {
  private static final Namespace NAMESPACE = Namespace.create(ConformanceExtension.class);

  /** For JUnit. */
  public ConformanceExtension() {}

  /** The backend of a class, kept with the class, as a skipped test has no instance. */
  private record Watched(String backend, List<KitTest> tests) {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Selection selection = selection(context);
    Class<?> type = context.getRequiredTestClass();
    if (selection.isAll()) {
      return ConditionEvaluationResult.enabled("the whole kit is asked for");
    }
    boolean isMethod = context.getTestMethod().isPresent();
    List<KitTest> tests = isMethod ? List.of(test(context)) : KitTest.in(type);
    if (!isMethod && isTop(context)) {
      selection.requireSomeIn(type, tests);
    }
    return tests.stream().anyMatch(selection::has)
        ? ConditionEvaluationResult.enabled("asked for")
        : ConditionEvaluationResult.disabled("other contracts are asked for");
  }

  private static Selection selection(ExtensionContext context) {
    return Selection.of(context.getConfigurationParameter(Selection.CONTRACT).orElse(""));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    ExtensionContext top = topClass(context);
    top.getStore(NAMESPACE)
        .computeIfAbsent(Watched.class, key -> watch(context, top.getRequiredTestClass()));
  }

  private static Watched watch(ExtensionContext context, Class<?> top) {
    List<KitTest> tests = KitTest.in(top);
    Optional<BackendUnderTest> kit = kit(context);
    Optional<BackendProvider> provider = kit.map(BackendUnderTest::provider);
    String backend = provider.map(BackendProvider::name).orElse("of no kit");
    ReportWriter writer = writer(context);
    writer.of(backend).expect(tests);
    kit.ifPresent(tested -> writer.of(backend).declaredOff(declaredOff(tested)));
    writer.tested(backend, top);
    provider.ifPresent(tested -> writer.tested(backend, tested.getClass()));
    return new Watched(backend, tests);
  }

  private static Optional<BackendUnderTest> kit(ExtensionContext context) {
    return context.getRequiredTestInstances().getAllInstances().stream()
        .filter(BackendUnderTest.class::isInstance)
        .map(BackendUnderTest.class::cast)
        .findFirst();
  }

  private static Set<Capability> declaredOff(BackendUnderTest kit) {
    EnumSet<Capability> off = EnumSet.allOf(Capability.class);
    try {
      off.removeAll(kit.capabilities());
    } catch (RuntimeException e) {
      // What keeps a store from being opened is for the tests to say.
      off.clear();
    }
    return off;
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    Refusals.begin();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    context.getStore(NAMESPACE).put(Refusals.class, Refusals.end());
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw RuleFailure.describe(test(context), failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw RuleFailure.describe(test(context), failure);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    Refusals.Noted noted =
        context
            .getStore(NAMESPACE)
            .getOrDefault(Refusals.class, Refusals.Noted.class, Refusals.Noted.NOTHING);
    outcomes(context).ifPresent(outcomes -> outcomes.passed(test(context), noted));
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    outcomes(context).ifPresent(outcomes -> outcomes.failed(test(context)));
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    outcomes(context).ifPresent(outcomes -> outcomes.skipped(test(context)));
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    if (selection(context).has(test(context))) {
      outcomes(context).ifPresent(outcomes -> outcomes.skipped(test(context)));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    if (!isTop(context)) {
      return;
    }
    Watched watched = context.getStore(NAMESPACE).get(Watched.class, Watched.class);
    if (watched == null) {
      throw new AssertionError(type.getName() + " ran no test of the kit");
    }
    Outcomes outcomes = writer(context).of(watched.backend());
    if (outcomes.shownIn(watched.tests()) == 0 && outcomes.failures().isEmpty()) {
      throw new AssertionError(type.getName() + " showed nothing: all its tests were skipped");
    }
    if (outcomes.isWhole()) {
      requireVerified(type, watched.tests(), outcomes);
    }
  }

  private static void requireVerified(Class<?> type, Collection<KitTest> tests, Outcomes outcomes) {
    List<RuleText> open =
        outcomes.rules(Outcomes.Status.NOT_VERIFIED).stream()
            .filter(rule -> tests.stream().anyMatch(test -> test.rules().contains(rule.name())))
            .filter(rule -> !outcomes.isLeftOpen(rule.name()))
            .toList();
    if (!open.isEmpty()) {
      throw new AssertionError(type.getName() + " skipped tests of these rules: " + open);
    }
  }

  private static KitTest test(ExtensionContext context) {
    return KitTest.of(context.getRequiredTestClass(), context.getRequiredTestMethod());
  }

  private static Optional<Outcomes> outcomes(ExtensionContext context) {
    Watched watched = topClass(context).getStore(NAMESPACE).get(Watched.class, Watched.class);
    return Optional.ofNullable(watched).map(known -> writer(context).of(known.backend()));
  }

  /** Whether the class is the author's, and none of those that the kit nests in it. */
  private static boolean isTop(ExtensionContext context) {
    return context.getParent().flatMap(ExtensionContext::getTestClass).isEmpty();
  }

  private static ExtensionContext topClass(ExtensionContext context) {
    ExtensionContext current = context;
    ExtensionContext top = context;
    while (current.getTestClass().isPresent()) {
      top = current;
      current = current.getParent().orElseThrow();
    }
    return top;
  }

  private static ReportWriter writer(ExtensionContext context) {
    ExtensionContext root = context.getRoot();
    return root.getStore(NAMESPACE)
        .computeIfAbsent(
            ReportWriter.class,
            key ->
                new ReportWriter(root.getConfigurationParameter(ReportWriter.DIRECTORY).orElse("")),
            ReportWriter.class);
  }
}
