/** Writers and readers that keep account, for tests that disturb them. */
@NullMarked
package dev.tidemark.postgres.testing.workload;

import org.jspecify.annotations.NullMarked;
