/** A store in use: by several threads and processes, after an abrupt end, without rights. */
@NullMarked
package dev.tidemark.conformance.kit.running;

import org.jspecify.annotations.NullMarked;
