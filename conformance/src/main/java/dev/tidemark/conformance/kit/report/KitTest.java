package dev.tidemark.conformance.kit.report;

import dev.tidemark.conformance.kit.Rule;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * One test of the kit, as one class runs it.
 *
 * @param type the class that runs it
 * @param method its name
 * @param rules the names of the rules that it shows
 * @param isSlow whether it runs only when asked for, and so does not count when it does not
 */
public record KitTest(Class<?> type, String method, List<String> rules, boolean isSlow) {
  /** The tag of tests that run only when asked for. */
  public static final String SLOW = "slow";

  /** Copies the list. */
  public KitTest {
    rules = List.copyOf(rules);
  }

  /**
   * Makes a test of a method.
   *
   * @param type the class that runs it
   * @param method the method
   * @return the test; without rules if it names none
   */
  public static KitTest of(Class<?> type, Method method) {
    List<String> rules =
        AnnotationSupport.findAnnotation(method, Rule.class)
            .map(rule -> List.of(rule.value()))
            .orElse(List.of());
    boolean isSlow =
        AnnotationSupport.findRepeatableAnnotations(method, Tag.class).stream()
            .anyMatch(tag -> tag.value().equals(SLOW));
    return new KitTest(type, method.getName(), rules, isSlow);
  }

  /**
   * Finds the tests of a class and of all that is nested in it.
   *
   * @param type the class
   * @return the tests that name rules
   */
  public static List<KitTest> in(Class<?> type) {
    List<KitTest> tests = new ArrayList<>();
    for (Method method :
        ReflectionSupport.findMethods(
            type,
            candidate -> AnnotationSupport.isAnnotated(candidate, Rule.class),
            HierarchyTraversalMode.TOP_DOWN)) {
      tests.add(of(type, method));
    }
    for (Class<?> nested :
        ReflectionSupport.findNestedClasses(
            type, candidate -> AnnotationSupport.isAnnotated(candidate, Nested.class))) {
      tests.addAll(in(nested));
    }
    return tests;
  }

  /** Returns what names the test in a file, whichever class of the author's runs it. */
  String key() {
    return type.getName() + "#" + method;
  }

  /** Returns the group and the contract, such as {@code Storage.Log}. */
  String contract() {
    Class<?> group = type.getEnclosingClass();
    String name = group == null ? "" : group.getSimpleName().replace("Conformance", "") + ".";
    return name + type.getSimpleName();
  }

  /** Returns the class and the method, as a reader looks for them. */
  @Override
  public String toString() {
    return type.getSimpleName() + "." + method;
  }
}
