/** Real PostgreSQL servers for tests. No part of what is published. */
module dev.tidemark.postgres.testing {
  requires static org.jspecify;
  requires transitive dev.tidemark.api;
  requires transitive dev.tidemark.core;
  requires transitive java.sql;
  requires org.apache.commons.compress;
  requires org.tukaani.xz;

  exports dev.tidemark.postgres.testing;
  exports dev.tidemark.postgres.testing.workload;
}
