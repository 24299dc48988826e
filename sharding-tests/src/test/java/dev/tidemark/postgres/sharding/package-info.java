/** The library on three servers that ShardingSphere-JDBC makes look like one. */
@NullMarked
package dev.tidemark.postgres.sharding;

import org.jspecify.annotations.NullMarked;
