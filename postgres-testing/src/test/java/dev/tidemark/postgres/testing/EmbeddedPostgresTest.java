package dev.tidemark.postgres.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tests of other modules rely on. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class EmbeddedPostgresTest {
  @Test
  void whatWasCommittedIsThereAfterAKillAndAfterAStop() throws SQLException {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(Map.of("log_statement", "all"))) {
      server.address().execute("CREATE TABLE kept (value bigint)", "INSERT INTO kept VALUES (7)");

      server.kill();
      assertThatExceptionOfType(SQLException.class).isThrownBy(() -> server.address().connect());
      server.restart();
      assertThat(sum(server)).isEqualTo(7);

      server.stop();
      server.restart();
      assertThat(sum(server)).isEqualTo(7);
      assertThat(server.log()).contains("INSERT INTO kept").contains("was not properly shut down");
    }
  }

  private static long sum(EmbeddedPostgres server) throws SQLException {
    try (Connection connection = server.address().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT sum(value) FROM kept")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void aServerThatDoesNotStartSaysWhy() {
    assertThatIllegalStateException()
        .isThrownBy(() -> EmbeddedPostgres.start(Map.of("no_such_setting", "1")))
        .withMessageContaining("unrecognized configuration parameter");
  }

  @Test
  void theSharedServerAsksForThePassword() {
    PostgresAddress address = TestPostgres.address();
    assertThat(PostgresAddress.parse(address.uri())).isEqualTo(address);
    if (System.getenv(TestPostgres.URL) == null) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> address.withUser("postgres", "wrong").connect())
          .withMessageContaining("password authentication failed");
    }
  }
}
