package dev.tidemark.conformance.kit.report;

import dev.tidemark.spi.Capability;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a test tells that the backend declares a capability off, and that it has asserted the refusal
 * in place of what it would show otherwise; or that it has no means to show or to count what it is
 * about.
 */
public final class Refusals {
  /** Inheritable, as a test with a time limit may run on a thread of its own. */
  private static final ThreadLocal<Noted> CURRENT = new InheritableThreadLocal<>();

  private Refusals() {}

  /** What one test has noted. */
  static final class Noted {
    /** Of a test that noted nothing. */
    static final Noted NOTHING = new Noted();

    private final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    private volatile boolean isLeftOpen;
    private volatile boolean isUncounted;

    private Noted() {}

    Set<Capability> capabilities() {
      return capabilities;
    }

    boolean isLeftOpen() {
      return isLeftOpen;
    }

    boolean isUncounted() {
      return isUncounted;
    }
  }

  /**
   * Notes a refusal that this test has asserted.
   *
   * @param capability what is off
   */
  public static void asserted(Capability capability) {
    Noted current = CURRENT.get();
    if (current != null) {
      current.capabilities.add(capability);
    }
  }

  /**
   * Notes that the author's class gives this test no means to show its rules. They count as not
   * verified, and nothing fails.
   */
  public static void leftOpen() {
    Noted current = CURRENT.get();
    if (current != null) {
      current.isLeftOpen = true;
    }
  }

  /**
   * Notes that this test had no means to count what the backend itself does, and looked at what
   * comes of it only. Its rules count as shown, and the report says so.
   */
  public static void uncounted() {
    Noted current = CURRENT.get();
    if (current != null) {
      current.isUncounted = true;
    }
  }

  static void begin() {
    CURRENT.set(new Noted());
  }

  static Noted end() {
    Noted noted = CURRENT.get();
    CURRENT.remove();
    return noted == null ? Noted.NOTHING : noted;
  }
}
