/** Finds the backend for a store's URI (rules S1 to S3). */
@NullMarked
package dev.tidemark.core.internal.discovery;

import org.jspecify.annotations.NullMarked;
