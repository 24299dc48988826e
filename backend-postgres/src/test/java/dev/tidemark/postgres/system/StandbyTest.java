package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeFollower;
import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.postgres.testing.EmbeddedPostgres;
import dev.tidemark.postgres.testing.PostgresAddress;
import dev.tidemark.postgres.testing.workload.CountingWriter;
import dev.tidemark.postgres.testing.workload.LogAudit;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that take no writes, or not from everybody. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class StandbyTest {
  private static final DocumentId NOTES = DocumentId.of("notes");

  @Test
  void aStandbyIsReadAndFollowed() {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.start(Map.of("wal_level", "replica", "hot_standby", "on"))) {
      String uri = server.address().uri();
      try (Tidemark store = Tidemark.open(uri)) {
        new CountingWriter(store.document(NOTES), 0, 10).append(1);
      }
      server.becomeStandby();
      try (Tidemark store = Tidemark.builder(uri).mode(OpenMode.READ).open()) {
        Document document = store.document(NOTES);
        assertThat(LogAudit.of(document).versions()).isEqualTo(1);
        try (TreeFollower follower = document.follow()) {
          assertThat(follower.await(Duration.ofMillis(50))).isNotNull();
        }
      }
      try (Backend backend =
          new PostgresBackendProvider()
              .open(new OpenRequest(StoreLocation.parse(uri), OpenMode.WRITE))) {
        Failures.assertFails(ErrorCode.UNSUPPORTED, () -> backend.commitSignal(NOTES));
        Failures.assertFails(ErrorCode.READ_ONLY, () -> backend.beginWrite(NOTES));
      }
    }
  }

  /** As after a failover that left the connections to the old primary alone. */
  @Test
  void connectionsThatMayOnlyReadAreGivenUp() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      PostgresAddress address = server.address();
      Tidemark.open(address.uri()).close();
      address.execute("ALTER ROLE postgres SET default_transaction_read_only = on");
      try (Tidemark store = Tidemark.open(address.uri())) {
        Document document = store.document(NOTES);
        assertThat(store.documents(null, 10)).isEmpty();
        address.execute(
            "SET default_transaction_read_only = off",
            "ALTER ROLE postgres RESET default_transaction_read_only");
        CountingWriter writer = new CountingWriter(document, 0, 10);
        writer.append(1);
        LogAudit.of(document).requireExactly(List.of(writer));
      }
    }
  }
}
