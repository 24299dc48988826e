/** What an opened store knows of its documents without asking its storage, for telemetry. */
@NullMarked
package dev.tidemark.core.internal.figures;

import org.jspecify.annotations.NullMarked;
