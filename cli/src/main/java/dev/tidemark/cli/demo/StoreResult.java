package dev.tidemark.cli.demo;

import dev.tidemark.cli.output.Text;
import dev.tidemark.core.TreeHash;

/**
 * What happened at one of the two stores.
 *
 * @param operations how many operations it has
 * @param appends how many versions these came in
 * @param measurements what it told of its work
 * @param nanos how long it took to get the operations
 * @param tree its tree in the end
 * @param isVerified whether tree and counts are what they should be
 */
record StoreResult(
    long operations,
    long appends,
    Measurements measurements,
    long nanos,
    TreeHash tree,
    boolean isVerified) {
  long operationsPerSecond() {
    return Text.perSecond(operations, nanos);
  }
}
