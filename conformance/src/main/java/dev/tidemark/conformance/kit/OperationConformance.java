package dev.tidemark.conformance.kit;

import dev.tidemark.conformance.kit.chunk.HeaderContract;
import dev.tidemark.conformance.kit.cost.GrowthContract;
import dev.tidemark.conformance.kit.cost.MaintenanceFaultContract;
import dev.tidemark.conformance.kit.cost.MemoryContract;
import dev.tidemark.conformance.kit.cost.RetryContract;
import dev.tidemark.conformance.kit.discovery.DiscoveryContract;
import dev.tidemark.conformance.kit.limits.ExtremesContract;
import dev.tidemark.conformance.kit.limits.ManyDocumentsContract;
import dev.tidemark.conformance.kit.limits.PayloadSizesContract;
import dev.tidemark.conformance.kit.limits.UnknownDocumentContract;
import dev.tidemark.conformance.kit.running.ConcurrencyContract;
import dev.tidemark.conformance.kit.running.LeastPrivilegeContract;
import dev.tidemark.conformance.kit.running.ProcessesContract;
import dev.tidemark.conformance.kit.running.ReopeningContract;
import org.junit.jupiter.api.Nested;

/** Running stores on a backend: many threads, processes, sizes, failures. Extended fourth. */
public abstract class OperationConformance implements BackendUnderTest {
  /** For subclasses. */
  protected OperationConformance() {}

  @Nested
  final class Concurrency extends ConcurrencyContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class Discovery extends DiscoveryContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class Extremes extends ExtremesContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class Growth extends GrowthContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class Header extends HeaderContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class LeastPrivilege extends LeastPrivilegeContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class MaintenanceFault extends MaintenanceFaultContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class ManyDocuments extends ManyDocumentsContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class Memory extends MemoryContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class PayloadSizes extends PayloadSizesContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class Processes extends ProcessesContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class Reopening extends ReopeningContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class Retry extends RetryContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }

  @Nested
  final class UnknownDocument extends UnknownDocumentContract {
    @Override
    protected BackendUnderTest backend() {
      return OperationConformance.this;
    }
  }
}
