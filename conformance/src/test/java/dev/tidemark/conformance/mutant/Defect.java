package dev.tidemark.conformance.mutant;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a broken backend does otherwise than the sound one, method by method. */
final class Defect {
  /** What is done in place of a call. */
  interface Instead {
    @Nullable Object run(Call call) throws Throwable;
  }

  private final Map<String, Instead> byMethod = new HashMap<>();

  private Defect() {}

  /** A defect of one method, of whatever object has it. */
  static Defect in(String method, Instead instead) {
    return new Defect().and(method, instead);
  }

  /** The same defect shows in another method as well. */
  Defect and(String method, Instead instead) {
    byMethod.put(method, instead);
    return this;
  }

  @Nullable Object run(Call call) throws Throwable {
    Instead instead = byMethod.get(call.method().getName());
    return instead == null ? call.proceed() : instead.run(call);
  }
}
