package dev.tidemark.conformance.mutant;

import dev.tidemark.conformance.kit.BackendConformance;
import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.spi.BackendProvider;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The kit as each mutant runs it. Not a test of its own: the name keeps Surefire from it, and the
 * mutants run through the JUnit Platform Launcher.
 */
final class MutantKit extends BackendConformance {
  /** The mutants of this class loader run one after the other. */
  private static BackendProvider current = new InMemoryBackendProvider();

  static final AtomicLong STATEMENTS = new AtomicLong();
  static final AtomicLong ROWS_STEPPED = new AtomicLong();

  static void use(BackendProvider provider) {
    current = provider;
    STATEMENTS.set(0);
    ROWS_STEPPED.set(0);
  }

  @Override
  public BackendProvider provider() {
    return current;
  }

  @Override
  public String newStore() {
    return "memory:" + UUID.randomUUID();
  }

  /** As if it were done: a mutant that declares a schema opens such a store or refuses it. */
  @Override
  public boolean raiseSchemaVersion(String uri) {
    return true;
  }

  @Override
  public OptionalLong statements() {
    return OptionalLong.of(STATEMENTS.get());
  }

  @Override
  public OptionalLong rowsStepped() {
    return OptionalLong.of(ROWS_STEPPED.get());
  }
}
