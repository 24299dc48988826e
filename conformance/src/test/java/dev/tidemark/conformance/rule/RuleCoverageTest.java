package dev.tidemark.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidemark.api.ChunkRequest;
import dev.tidemark.conformance.kit.BackendConformance;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.report.KitTest;
import dev.tidemark.conformance.kit.rule.RuleText;
import dev.tidemark.conformance.kit.rule.Rules;
import dev.tidemark.core.Document;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.CommitSignal;
import dev.tidemark.spi.StoreSchema;
import dev.tidemark.spi.WriteTransaction;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** No rule without a test, no test without a rule, no rule that does not exist. */
class RuleCoverageTest {
  private static final List<KitTest> TESTS = KitTest.in(BackendConformance.class);

  private static final Set<String> NAMES =
      Rules.all().stream().map(RuleText::name).collect(Collectors.toSet());

  /** Where a reader of the rules looks for what they name. */
  private static final List<Class<?>> NAMED_TYPES =
      List.of(
          Backend.class,
          BackendProvider.class,
          ChunkRequest.class,
          CommitSignal.class,
          Document.class,
          StoreSchema.class,
          WriteTransaction.class);

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** What else is set as code. */
  private static final Set<String> NO_METHODS = Set.of("(version, sequence) >= (?, ?)", "final");

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
  void whatTheRulesNameIsThere() {
    Set<String> methods =
        NAMED_TYPES.stream()
            .flatMap(type -> Stream.of(type.getMethods()))
            .map(Method::getName)
            .collect(Collectors.toSet());
    List<String> named =
        Rules.all().stream()
            .flatMap(rule -> CODE.matcher(rule.must() + rule.why() + rule.look()).results())
            .map(found -> found.group(1))
            .filter(code -> !NO_METHODS.contains(code))
            .toList();

    assertThat(named).hasSizeGreaterThan(30);
    for (String code : named) {
      String method = code.replaceFirst("^BackendProvider\\.", "").replaceFirst("\\(.*", "");
      assertThat(methods).as("methods that the rules name: %s", code).contains(method);
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
