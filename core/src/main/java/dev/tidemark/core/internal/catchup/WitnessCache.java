package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, for deleted nodes that are not tombstoned, a node below them with an operation that
 * the deleters had not seen. Only a hint: it is checked before it is used, and losing it costs a
 * search. Safe for several threads.
 */
public final class WitnessCache {
  private static final int CAPACITY = 10_000;

  private final Map<Key, NodeId> witnesses =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, NodeId> eldest) {
          return size() > CAPACITY;
        }
      };

  private record Key(DocumentId document, NodeId node) {}

  synchronized @Nullable NodeId get(DocumentId document, NodeId node) {
    return witnesses.get(new Key(document, node));
  }

  synchronized void put(DocumentId document, NodeId node, NodeId witness) {
    witnesses.put(new Key(document, node), witness);
  }
}
