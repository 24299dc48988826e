/**
 * Stores and transactions: who may read and write when. The file and its connections are in {@code
 * store}, the rows in {@code table}.
 */
@NullMarked
package dev.tidemark.sqlite.internal;

import org.jspecify.annotations.NullMarked;
