package dev.tidemark.api;

import java.util.List;

/**
 * The net visible changes of one commit.
 *
 * @param document the document
 * @param version the document's version after the commit
 * @param changes the changes; parents before their children among those that became visible
 */
public record ChangeSet(DocumentId document, long version, List<Change> changes) {
  /** Copies the list. */
  public ChangeSet {
    changes = List.copyOf(changes);
  }

  /**
   * Tells whether nothing visible changed.
   *
   * @return whether there are no changes
   */
  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
