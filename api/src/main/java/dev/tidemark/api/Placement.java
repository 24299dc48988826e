package dev.tidemark.api;

/**
 * Where to put a node among the children of its parent. The store turns it into an order key from
 * the siblings, hidden ones included, that there are when the operation is written.
 */
public sealed interface Placement {
  /**
   * Before all siblings.
   *
   * @return the placement
   */
  static Placement first() {
    return First.INSTANCE;
  }

  /**
   * After all siblings.
   *
   * @return the placement
   */
  static Placement last() {
    return Last.INSTANCE;
  }

  /**
   * Right before a sibling. Where other siblings share its order key, before all of these.
   *
   * @param sibling a visible child of the same parent
   * @return the placement
   */
  static Placement before(NodeId sibling) {
    return new Before(sibling);
  }

  /**
   * Right after a sibling. Where other siblings share its order key, after all of these.
   *
   * @param sibling a visible child of the same parent
   * @return the placement
   */
  static Placement after(NodeId sibling) {
    return new After(sibling);
  }

  /**
   * At an order key of the caller's choice, such as a file name.
   *
   * @param orderKey the key
   * @return the placement
   */
  static Placement at(OrderKey orderKey) {
    return new At(orderKey);
  }

  /** Before all siblings. */
  enum First implements Placement {
    /** The only value. */
    INSTANCE
  }

  /** After all siblings. */
  enum Last implements Placement {
    /** The only value. */
    INSTANCE
  }

  /**
   * Right before a sibling.
   *
   * @param sibling the sibling
   */
  record Before(NodeId sibling) implements Placement {}

  /**
   * Right after a sibling.
   *
   * @param sibling the sibling
   */
  record After(NodeId sibling) implements Placement {}

  /**
   * At a chosen order key.
   *
   * @param orderKey the key
   */
  record At(OrderKey orderKey) implements Placement {}
}
