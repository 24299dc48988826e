package dev.tidemark.conformance.mutant;

import dev.tidemark.conformance.kit.BackendConformance;
import dev.tidemark.spi.BackendProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the kit on a mutant, and collects what fails. */
final class MutantRun {
  private static final String KIT = "dev.tidemark.conformance.kit.";

  /** Some mutants let the kit wait for nothing. */
  private static final String PATIENCE = "tidemark.conformance.patience";

  /** A failed test. */
  record Failure(String test, Throwable cause) {}

  /** What the kit said of a mutant. */
  record Outcome(int tests, List<Failure> failures) {}

  private MutantRun() {}

  static Outcome of(Mutant mutant) throws IOException, ReflectiveOperationException {
    ClassLoader loader = MutantRun.class.getClassLoader();
    Defect defect = mutant.defect();
    if (defect != null) {
      MutantKit.use(BrokenProvider.with(defect));
    } else {
      Map<String, byte[]> changed = mutant.changes().get(0).compile();
      loader = new MutantClasses(loader, changed);
    }
    try {
      return run(loader, mutant);
    } finally {
      MutantKit.use(sound());
    }
  }

  private static BackendProvider sound() {
    return new dev.tidemark.conformance.memory.InMemoryBackendProvider();
  }

  private static Outcome run(ClassLoader loader, Mutant mutant)
      throws ReflectiveOperationException {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selector(loader, mutant))
            .configurationParameter("tidemark.conformance.report", "off")
            .configurationParameter("tidemark.conformance.contract", "")
            .build();
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build());
    Collector collector = new Collector();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    System.setProperty(PATIENCE, "5");
    try {
      launcher.execute(request, collector);
    } finally {
      System.clearProperty(PATIENCE);
      thread.setContextClassLoader(before);
    }
    return new Outcome(collector.tests, collector.failures);
  }

  private static DiscoverySelector selector(ClassLoader loader, Mutant mutant)
      throws ReflectiveOperationException {
    String[] names = mutant.contract().split("\\.", -1);
    Class<?> kit = loader.loadClass(MutantKit.class.getName());
    Class<?> group = loader.loadClass(BackendConformance.class.getName() + "$" + names[0]);
    Class<?> contract =
        loader.loadClass(KIT + group.getSuperclass().getSimpleName() + "$" + names[1]);
    List<Class<?>> outer = List.of(kit, group);
    String test = mutant.test();
    if (test == null) {
      return DiscoverySelectors.selectNestedClass(outer, contract);
    }
    Class<?> declaring = contract.getSuperclass();
    for (java.lang.reflect.Method method : declaring.getDeclaredMethods()) {
      if (method.getName().equals(test)) {
        return DiscoverySelectors.selectNestedMethod(outer, contract, method);
      }
    }
    throw new NoSuchMethodException(declaring + "." + test);
  }

  private static final class Collector implements TestExecutionListener {
    private final List<Failure> failures = new ArrayList<>();
    private int tests;

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
      if (identifier.isTest()) {
        tests++;
      }
      result
          .getThrowable()
          .ifPresent(cause -> failures.add(new Failure(identifier.getDisplayName(), cause)));
    }
  }
}
