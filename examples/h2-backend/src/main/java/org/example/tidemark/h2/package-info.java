/** A Tidemark backend on H2, as the tutorial docs/writing-a-backend.md builds it. */
@NullMarked
package org.example.tidemark.h2;

import org.jspecify.annotations.NullMarked;
