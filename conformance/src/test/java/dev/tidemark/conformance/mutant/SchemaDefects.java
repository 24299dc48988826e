package dev.tidemark.conformance.mutant;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.StoreSchema;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Pretends that the in-memory backend has a schema of its own, and gets that wrong. */
final class SchemaDefects {
  private SchemaDefects() {}

  static Defect forgetful() {
    return declared(new Pretended(true, false));
  }

  static Defect restless() {
    return declared(new Pretended(false, true));
  }

  static Defect trusting() {
    return declared(new Pretended(false, false));
  }

  static StoreSchema unasked() {
    return new Pretended(false, false);
  }

  private static Defect declared(StoreSchema schema) {
    return Defect.in(
            "capabilities",
            call -> {
              Set<Capability> declared = EnumSet.copyOf(call.<Set<Capability>>proceed());
              declared.add(Capability.SCHEMA_STEP);
              return declared;
            })
        .and("schema", call -> schema);
  }

  private record Pretended(boolean isForgetful, boolean isRestless) implements StoreSchema {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<String> statements(int from) {
      if (from < 0 || from > 1) {
        throw TidemarkException.of(ErrorCode.INVALID_ARGUMENT)
            .with(Detail.PROBLEM, "no such version")
            .build();
      }
      return from == 0 || isRestless ? List.of("CREATE TABLE log (version BIGINT)") : List.of();
    }

    @Override
    public int storedVersion() {
      return 1;
    }

    @Override
    public int migrate() {
      return isForgetful ? 0 : 1;
    }
  }
}
