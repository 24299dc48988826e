package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.spi.StoreLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What a store's URI may say, and how the rest is refused, before any server is asked. */
final class StoreUriTest {
  private static final String SERVER = "postgresql://db.invalid:5432/app";

  private static void read(String uri) {
    assertThat(new PostgresBackendProvider().schema(StoreLocation.parse(uri))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SERVER,
        "postgres://db.invalid/app",
        "postgresql://user:p%40ss@one.invalid:1,two.invalid:2/app?targetServerType=primary",
        SERVER + "?schema=other&pool_size=2&lock_timeout=1&connection_timeout=250",
        SERVER + "?notify=off&statements=portable&sslmode=require",
        SERVER + "?pool_size=1000&lock_timeout=3600000&connection_timeout=3600000",
        SERVER + "?schema=%C3%A4&notify=on&statements=native"
      })
  void whatIsRightIsRead(String uri) {
    read(uri);
  }

  @ParameterizedTest
  @CsvSource({
    "pool_size=1, a number from 2 to 1000",
    "pool_size=1001, a number from 2 to 1000",
    "pool_size=, a number from 2 to 1000",
    "pool_size=many, a number from 2 to 1000",
    "pool_size=9999999999, a number from 2 to 1000",
    "lock_timeout=0, a number from 1 to 3600000",
    "lock_timeout=5s, a number from 1 to 3600000",
    "connection_timeout=249, a number from 250 to 3600000",
    "connection_timeout=-1, a number from 250 to 3600000",
    "notify=yes, notify=on or off",
    "notify=ON, notify=on or off",
    "statements=, statements=native or portable",
    "statements=fast, statements=native or portable",
    "schema=, 1 to 63 bytes",
    "schema=%20, 1 to 63 bytes",
    "schema=x%00, 1 to 63 bytes",
    "shema=other, schema",
  })
  void whatIsWrongIsNamedWithWhatIsRight(String parameter, String remedy) {
    TidemarkException failure =
        Failures.assertFails(ErrorCode.INVALID_STORE_URI, () -> read(SERVER + "?" + parameter));
    assertThat(failure.detail(Detail.REMEDY).orElseThrow().toString()).contains(remedy);
    assertThat(failure.detail(Detail.PROBLEM).orElseThrow().toString())
        .contains(parameter.substring(0, parameter.indexOf('=')));
  }

  @Test
  void aNameThatPostgresWouldCutIsRefused() {
    read(SERVER + "?schema=" + "x".repeat(63));
    Failures.assertFails(
        ErrorCode.INVALID_STORE_URI, () -> read(SERVER + "?schema=" + "x".repeat(64)));
    // 32 letters of two bytes each.
    Failures.assertFails(
        ErrorCode.INVALID_STORE_URI, () -> read(SERVER + "?schema=" + "%C3%A4".repeat(32)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://user:%zz@db.invalid/app",
        "postgresql://db.invalid:port/app",
        "postgresql://db.invalid:70000/app",
      })
  void anAddressThatIsNone(String uri) {
    Failures.assertFails(ErrorCode.INVALID_STORE_URI, () -> read(uri));
  }

  /** The commonest slip: a password that is not percent-encoded, or stands where the host does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://user:secret/secret@db.invalid/app",
        "postgresql://user:s@secret/secret@db.invalid/app",
        "postgresql://user:secret?secret=secret@db.invalid/app",
        "postgresql://user:secret@db.invalid/app@secret",
        "postgresql://user:secret/app",
        "postgresql:user:secret@db.invalid/app",
        "postgresql://db.invalid/app?user=secret@db&password=secret",
      })
  void aPasswordIsNeitherToldNorLogged(String uri) {
    List<String> logged = Collections.synchronizedList(new ArrayList<>());
    Handler handler = new Collecting(logged);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      TidemarkException failure =
          Failures.assertFails(ErrorCode.INVALID_STORE_URI, () -> read(uri));
      assertThat(failure.toString()).doesNotContain("secret");
      assertThat(failure.getCause()).isNull();
      assertThat(failure.detail(Detail.REMEDY).orElseThrow().toString()).contains("%2F");
    } finally {
      root.removeHandler(handler);
    }
    assertThat(logged).noneMatch(line -> line.contains("secret"));
  }

  private static final class Collecting extends Handler {
    private final List<String> lines;

    Collecting(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage() + Arrays.toString(line.getParameters()));
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing to close.
    }
  }

  /** What would be passed over in silence otherwise, as these connections are made elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"sslmode=require", "user=somebody", "shema=other"})
  void theConnectionsOfAnApplicationHaveTheirOwnParameters(String parameter) {
    PostgresBackendProvider provider = PostgresBackendProvider.of(new PGSimpleDataSource());
    assertThat(provider.schema(StoreLocation.parse("postgresql:?schema=other"))).isNotNull();
    Failures.assertFails(
        ErrorCode.INVALID_STORE_URI,
        () -> provider.schema(StoreLocation.parse("postgresql:?" + parameter)));
  }
}
