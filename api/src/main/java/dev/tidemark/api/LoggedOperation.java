package dev.tidemark.api;

/**
 * An operation and where it stands in a store's log.
 *
 * @param position where it stands
 * @param operation the operation; a payload beyond the store's inline size is a reference
 */
public record LoggedOperation(Position position, Operation operation) {}
