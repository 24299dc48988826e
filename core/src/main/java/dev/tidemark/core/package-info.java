/**
 * What an application uses: {@link dev.tidemark.core.Tidemark} opens a store, a {@link
 * dev.tidemark.core.Document} appends, reads, sends and applies, a {@link
 * dev.tidemark.core.LocalReplica} writes as one author.
 */
@NullMarked
package dev.tidemark.core;

import org.jspecify.annotations.NullMarked;
