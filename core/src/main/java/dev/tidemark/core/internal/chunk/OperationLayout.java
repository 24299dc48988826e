package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.Operation;

/** The first byte of an encoded operation: its kind, and what needs no bytes of its own. */
final class OperationLayout {
  static final int KIND_MASK = 0x07;
  static final int INSERT = 0;
  static final int INSERT_WITH_PAYLOAD = 1;
  static final int MOVE = 2;
  static final int SET_PAYLOAD = 3;
  static final int CLEAR_PAYLOAD = 4;
  static final int DELETE = 5;

  /** The position is the one behind the previous operation's; of the first, the chunk's first. */
  static final int POSITION_FOLLOWS = 0x08;

  /** The author is that of the previous operation. */
  static final int SAME_REPLICA = 0x10;

  /** The counter is one above the author's last one in this chunk. */
  static final int NEXT_COUNTER = 0x20;

  /** The Lamport time is one above the previous operation's. */
  static final int NEXT_LAMPORT = 0x40;

  static final int UNUSED_MASK = 0x80;

  /** Where a reference to an earlier entry of a dictionary could stand: a new entry follows. */
  static final int NEW_ENTRY = 0;

  /** The root, which is in no dictionary. */
  static final int ROOT_NODE = 1;

  private OperationLayout() {}

  static int kind(Operation operation) {
    if (operation instanceof Operation.Insert insert) {
      return insert.payload() == null ? INSERT : INSERT_WITH_PAYLOAD;
    }
    if (operation instanceof Operation.Move) {
      return MOVE;
    }
    if (operation instanceof Operation.SetPayload write) {
      return write.payload() == null ? CLEAR_PAYLOAD : SET_PAYLOAD;
    }
    return DELETE;
  }
}
