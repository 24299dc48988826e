/** How a backend is found for a URI (rules S1 to S3). */
@NullMarked
package dev.tidemark.conformance.kit.discovery;

import org.jspecify.annotations.NullMarked;
