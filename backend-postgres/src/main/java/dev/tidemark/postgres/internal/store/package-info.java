/** The server, the connections to it, the schema, and what its failures mean. */
@NullMarked
package dev.tidemark.postgres.internal.store;

import org.jspecify.annotations.NullMarked;
