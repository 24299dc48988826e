/** The engine on top of a backend: every append leaves the tree that the reference model has. */
@NullMarked
package dev.tidemark.conformance.kit.replay;

import org.jspecify.annotations.NullMarked;
