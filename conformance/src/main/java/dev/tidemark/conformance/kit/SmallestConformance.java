package dev.tidemark.conformance.kit;

import dev.tidemark.conformance.kit.chunk.ApplyContract;
import dev.tidemark.conformance.kit.chunk.HeaderContract;
import dev.tidemark.conformance.kit.chunk.PullContract;
import dev.tidemark.conformance.kit.chunk.WindowContract;
import dev.tidemark.conformance.kit.cost.GrowthContract;
import dev.tidemark.conformance.kit.limits.ExtremesContract;
import dev.tidemark.conformance.kit.limits.ManyDocumentsContract;
import dev.tidemark.conformance.kit.limits.PayloadSizesContract;
import dev.tidemark.conformance.kit.replay.RandomHistoryContract;
import dev.tidemark.conformance.kit.running.ConcurrencyContract;
import dev.tidemark.conformance.kit.running.LeastPrivilegeContract;
import dev.tidemark.conformance.kit.storage.DocumentsContract;
import dev.tidemark.conformance.kit.storage.LogContract;
import dev.tidemark.conformance.kit.storage.LookUpContract;
import dev.tidemark.conformance.kit.storage.ParentIndexContract;
import dev.tidemark.conformance.kit.storage.PayloadContract;
import dev.tidemark.conformance.kit.storage.ProgressContract;
import dev.tidemark.conformance.kit.storage.SiblingContract;
import dev.tidemark.conformance.kit.storage.StagingContract;
import dev.tidemark.conformance.kit.storage.StateContract;
import dev.tidemark.conformance.kit.storage.StructuralIndexContract;
import dev.tidemark.conformance.kit.storage.TreeContract;
import org.junit.jupiter.api.Nested;

/**
 * The same at the smallest budgets: one operation in each transaction, the smallest chunks.
 * Extended last.
 */
public abstract class SmallestConformance implements BackendUnderTest {
  /** For subclasses. */
  protected SmallestConformance() {}

  @Nested
  final class Documents extends DocumentsContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Log extends LogContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class LookUp extends LookUpContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class ParentIndex extends ParentIndexContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Payload extends PayloadContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Progress extends ProgressContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Sibling extends SiblingContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Staging extends StagingContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class State extends StateContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class StructuralIndex extends StructuralIndexContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Tree extends TreeContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Extremes extends ExtremesContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Growth extends GrowthContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Header extends HeaderContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class ManyDocuments extends ManyDocumentsContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class PayloadSizes extends PayloadSizesContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class RandomHistory extends RandomHistoryContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Concurrency extends ConcurrencyContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Window extends WindowContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Apply extends ApplyContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class Pull extends PullContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }

  @Nested
  final class LeastPrivilege extends LeastPrivilegeContract {
    @Override
    protected BackendUnderTest backend() {
      return SmallestConformance.this;
    }

    @Override
    protected Budget budget() {
      return Budget.SMALLEST;
    }
  }
}
