package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeFollower;
import dev.tidemark.postgres.testing.EmbeddedPostgres;
import dev.tidemark.postgres.testing.PostgresAddress;
import dev.tidemark.postgres.testing.workload.CountingWriter;
import dev.tidemark.postgres.testing.workload.LogAudit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Functions and operators that somebody put where everybody may: their parameters fit better than
 * those of the server's own.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class TrapFunctionsTest {
  private static final String TRAP =
      """
      CREATE FUNCTION public.%s LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'caught by %s';
      END $$""";

  @ParameterizedTest
  @ValueSource(strings = {"native", "portable"})
  void nobodyElsesFunctionIsCalled(String statements) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      PostgresAddress address = server.address().with("statements", statements);
      for (String signature :
          List.of(
              "pg_notify(varchar, varchar) RETURNS void",
              "set_config(varchar, varchar, boolean) RETURNS text",
              "unnest(bytea[]) RETURNS SETOF bytea",
              "unnest(bigint[]) RETURNS SETOF bigint",
              "encode(bytea, varchar) RETURNS text",
              "trap(bytea, bigint) RETURNS boolean",
              "trap(smallint, integer) RETURNS integer",
              "trap(bigint, integer) RETURNS boolean")) {
        address.execute(TRAP.formatted(signature, signature.replaceAll("\\(.*", "")));
      }
      address.execute(
          "CREATE OPERATOR public.& (LEFTARG = smallint, RIGHTARG = integer, FUNCTION = public.trap)");
      try (Tidemark store = Tidemark.open(address.uri())) {
        Document document = store.document(DocumentId.of("notes"));
        try (TreeFollower follower = document.follow()) {
          CountingWriter writer = new CountingWriter(document, 0, 40_000);
          writer.append(1);
          writer.append(1);
          assertThat(follower.await(Duration.ofSeconds(30))).isNotNull();
          LogAudit.of(document).requireExactly(List.of(writer));
        }
        document.rebuild();
        assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
        assertThat(store.documents(null, 10)).hasSize(1);
      }
      assertThat(server.log()).doesNotContain("caught by");
    }
  }
}
