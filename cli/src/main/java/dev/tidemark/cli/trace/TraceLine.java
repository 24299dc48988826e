package dev.tidemark.cli.trace;

import dev.tidemark.api.Operation;

/**
 * One line below the header.
 *
 * @param transaction the transaction it belongs to
 * @param operation the operation
 */
record TraceLine(long transaction, Operation operation) {}
