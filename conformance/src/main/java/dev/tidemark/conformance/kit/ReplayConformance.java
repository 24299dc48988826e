package dev.tidemark.conformance.kit;

import dev.tidemark.conformance.kit.cost.FaultContract;
import dev.tidemark.conformance.kit.cost.LongHistoryContract;
import dev.tidemark.conformance.kit.cost.WorkContract;
import dev.tidemark.conformance.kit.replay.CatchUpPathContract;
import dev.tidemark.conformance.kit.replay.DeferredContract;
import dev.tidemark.conformance.kit.replay.DeletionContract;
import dev.tidemark.conformance.kit.replay.FollowContract;
import dev.tidemark.conformance.kit.replay.NearMissContract;
import dev.tidemark.conformance.kit.replay.OperationsForContract;
import dev.tidemark.conformance.kit.replay.RandomHistoryContract;
import dev.tidemark.conformance.kit.replay.VerificationContract;
import org.junit.jupiter.api.Nested;

/** The engine on top of a backend: what the author of a backend extends second. */
public abstract class ReplayConformance implements BackendUnderTest {
  /** For subclasses. */
  protected ReplayConformance() {}

  @Nested
  final class CatchUpPath extends CatchUpPathContract {
    @Override
    protected BackendUnderTest backend() {
      return ReplayConformance.this;
    }
  }

  @Nested
  final class Deferred extends DeferredContract {
    @Override
    protected BackendUnderTest backend() {
      return ReplayConformance.this;
    }
  }

  @Nested
  final class Deletion extends DeletionContract {
    @Override
    protected BackendUnderTest backend() {
      return ReplayConformance.this;
    }
  }

  @Nested
  final class Fault extends FaultContract {
    @Override
    protected BackendUnderTest backend() {
      return ReplayConformance.this;
    }
  }

  @Nested
  final class Follow extends FollowContract {
    @Override
    protected BackendUnderTest backend() {
      return ReplayConformance.this;
    }
  }

  @Nested
  final class LongHistory extends LongHistoryContract {
    @Override
    protected BackendUnderTest backend() {
      return ReplayConformance.this;
    }
  }

  @Nested
  final class NearMiss extends NearMissContract {
    @Override
    protected BackendUnderTest backend() {
      return ReplayConformance.this;
    }
  }

  @Nested
  final class OperationsFor extends OperationsForContract {
    @Override
    protected BackendUnderTest backend() {
      return ReplayConformance.this;
    }
  }

  @Nested
  final class RandomHistory extends RandomHistoryContract {
    @Override
    protected BackendUnderTest backend() {
      return ReplayConformance.this;
    }
  }

  @Nested
  final class Verification extends VerificationContract {
    @Override
    protected BackendUnderTest backend() {
      return ReplayConformance.this;
    }
  }

  @Nested
  final class Work extends WorkContract {
    @Override
    protected BackendUnderTest backend() {
      return ReplayConformance.this;
    }
  }
}
