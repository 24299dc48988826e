/** The storage interface, topic by topic: each primitive, on its own, without the engine. */
@NullMarked
package dev.tidemark.conformance.kit.storage;

import org.jspecify.annotations.NullMarked;
