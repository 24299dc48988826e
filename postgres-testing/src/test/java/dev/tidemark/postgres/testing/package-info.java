/** Tests of the tests' servers. */
@NullMarked
package dev.tidemark.postgres.testing;

import org.jspecify.annotations.NullMarked;
