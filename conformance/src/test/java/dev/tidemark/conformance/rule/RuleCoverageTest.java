package dev.tidemark.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidemark.conformance.kit.BackendConformance;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.report.KitTest;
import dev.tidemark.conformance.kit.rule.RuleText;
import dev.tidemark.conformance.kit.rule.Rules;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** No rule without a test, no test without a rule, no rule that does not exist. */
class RuleCoverageTest {
  private static final List<KitTest> TESTS = KitTest.in(BackendConformance.class);

  private static final Set<String> NAMES =
      Rules.all().stream().map(RuleText::name).collect(Collectors.toSet());

  @Test
  void everyRuleHasATest() {
    Set<String> tested =
        TESTS.stream().flatMap(test -> test.rules().stream()).collect(Collectors.toSet());

    assertThat(Rules.all())
        .extracting(RuleText::name)
        .allSatisfy(r -> assertThat(tested).contains(r));
  }

  @Test
  void everyTestOfTheKitNamesRulesThatExist() {
    List<Method> tests = testsOfTheKit();

    assertThat(tests).hasSizeGreaterThan(100);
    for (Method test : tests) {
      Rule rule = test.getAnnotation(Rule.class);
      assertThat(rule).as("@Rule on %s", test).isNotNull();
      assertThat(NAMES).as("rules of %s", test).contains(rule.value());
      assertThat(rule.value()).as("rules of %s", test).isNotEmpty();
    }
  }

  @Test
  void everyContractIsPartOfTheOneClassThatBackendsExtend() {
    Set<Class<?>> contracts =
        testsOfTheKit().stream().map(Method::getDeclaringClass).collect(Collectors.toSet());
    Set<Class<?>> extended =
        TESTS.stream().map(test -> test.type().getSuperclass()).collect(Collectors.toSet());

    for (Class<?> contract : contracts) {
      assertThat(extended).as("contracts").anyMatch(contract::isAssignableFrom);
    }
  }

  @Test
  void anUnknownRuleIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rules.get("Z9"))
        .withMessageContaining("Z9");
  }

  /** And not of the tests that the kit itself has. */
  private static boolean isOfTheKit(Class<?> type) {
    return type.getProtectionDomain()
        .getCodeSource()
        .equals(Rule.class.getProtectionDomain().getCodeSource());
  }

  private static List<Method> testsOfTheKit() {
    List<Method> tests = new ArrayList<>();
    for (Class<?> type :
        ReflectionSupport.findAllClassesInPackage(
            "dev.tidemark.conformance.kit", RuleCoverageTest::isOfTheKit, name -> true)) {
      for (Method method : type.getDeclaredMethods()) {
        if (!Modifier.isPrivate(method.getModifiers())
            && AnnotationSupport.isAnnotated(method, Testable.class)) {
          tests.add(method);
        }
      }
    }
    return tests;
  }
}
