/**
 * Stores and transactions: who may read and write when. The connections are in {@code store}, the
 * rows in {@code table}.
 */
@NullMarked
package dev.tidemark.postgres.internal;

import org.jspecify.annotations.NullMarked;
