/** The demonstration: one real history, two stores, the same tree. */
@NullMarked
package dev.tidemark.cli.demo;

import org.jspecify.annotations.NullMarked;
