package dev.tidemark.conformance.kit;

import dev.tidemark.conformance.kit.storage.DocumentsContract;
import dev.tidemark.conformance.kit.storage.LifecycleContract;
import dev.tidemark.conformance.kit.storage.LimitContract;
import dev.tidemark.conformance.kit.storage.LogContract;
import dev.tidemark.conformance.kit.storage.LookUpContract;
import dev.tidemark.conformance.kit.storage.ParentIndexContract;
import dev.tidemark.conformance.kit.storage.PayloadContract;
import dev.tidemark.conformance.kit.storage.ProgressContract;
import dev.tidemark.conformance.kit.storage.SchemaContract;
import dev.tidemark.conformance.kit.storage.SiblingContract;
import dev.tidemark.conformance.kit.storage.SignalContract;
import dev.tidemark.conformance.kit.storage.StagingContract;
import dev.tidemark.conformance.kit.storage.StateContract;
import dev.tidemark.conformance.kit.storage.StructuralIndexContract;
import dev.tidemark.conformance.kit.storage.TransactionContract;
import dev.tidemark.conformance.kit.storage.TreeContract;
import dev.tidemark.conformance.kit.storage.WriterContract;
import org.junit.jupiter.api.Nested;

/** The storage interface as a whole: what the author of a backend extends first. */
public abstract class StorageConformance implements BackendUnderTest {
  /** For subclasses. */
  protected StorageConformance() {}

  @Nested
  final class Documents extends DocumentsContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Lifecycle extends LifecycleContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Limit extends LimitContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Log extends LogContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class LookUp extends LookUpContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class ParentIndex extends ParentIndexContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Payload extends PayloadContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Progress extends ProgressContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Schema extends SchemaContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Sibling extends SiblingContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Signal extends SignalContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Staging extends StagingContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class State extends StateContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class StructuralIndex extends StructuralIndexContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Transaction extends TransactionContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Tree extends TreeContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }

  @Nested
  final class Writer extends WriterContract {
    @Override
    protected BackendUnderTest backend() {
      return StorageConformance.this;
    }
  }
}
