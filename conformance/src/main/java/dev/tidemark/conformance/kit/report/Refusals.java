package dev.tidemark.conformance.kit.report;

import dev.tidemark.spi.Capability;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a test tells that the backend declares a capability off, and that it has asserted the refusal
 * in place of what it would show otherwise.
 */
public final class Refusals {
  /** Inheritable, as a test with a time limit may run on a thread of its own. */
  private static final ThreadLocal<Set<Capability>> CURRENT = new InheritableThreadLocal<>();

  private Refusals() {}

  /**
   * Notes a refusal that this test has asserted.
   *
   * @param capability what is off
   */
  public static void asserted(Capability capability) {
    Set<Capability> current = CURRENT.get();
    if (current != null) {
      current.add(capability);
    }
  }

  static void begin() {
    CURRENT.set(EnumSet.noneOf(Capability.class));
  }

  static Set<Capability> end() {
    Set<Capability> noted = CURRENT.get();
    CURRENT.remove();
    return noted == null ? Set.of() : noted;
  }
}
