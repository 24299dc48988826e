package dev.tidemark.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLocationTest {
  @Test
  void anAddressIsTakenAsItIs() {
    StoreLocation location =
        StoreLocation.parse("SQLite:/my notes/100%.db?synchronous=normal&name=a%26b");
    assertThat(location.scheme()).isEqualTo("sqlite");
    assertThat(location.address()).isEqualTo("/my notes/100%.db");
    assertThat(location.parameters())
        .containsEntry("synchronous", "normal")
        .containsEntry("name", "a&b");
  }

  @Test
  void secretsStayOutOfMessages() {
    assertThat(StoreLocation.parse("postgresql://host/db?password=secret"))
        .hasToString("postgresql://host/db");
  }

  /** What a password may hold that was not percent-encoded. */
  @ParameterizedTest
  @CsvSource({
    "postgresql://user:pa@host/db, postgresql://host/db",
    "postgresql://user:pa/ss@host/db, postgresql://host/db",
    "postgresql://user:p@ss/w0rd@host/db, postgresql://host/db",
    "postgresql://user:pa?s=s@host/db, postgresql://…",
    "postgresql://host/db?password=p@ss, postgresql://…",
    "postgresql:///db@home, postgresql:///db@home",
    "sqlite:notes@home.db?synchronous=full, sqlite:notes@home.db",
  })
  void nothingBeforeTheHostIsShown(String uri, String shown) {
    assertThat(StoreLocation.parse(uri)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://user:secret?secret@host/db",
        "postgresql://user:secret?secret=1&secret=2@host/db",
        "postgresql://user:secret?a=secret%zz@host/db",
        "//user:secret@host/db"
      })
  void aRefusalTellsNoSecrets(String uri) {
    assertThatExceptionOfType(TidemarkException.class)
        .isThrownBy(() -> StoreLocation.parse(uri))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"))
        .satisfies(e -> assertThat(e.getCause()).isNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.db", "", ":x", "a:b?c", "a:b?c=1&c=2", "a:b?c=%zz", "a:b?=1"})
  void whatIsNoStoreUriIsRefused(String uri) {
    assertThatExceptionOfType(TidemarkException.class)
        .isThrownBy(() -> StoreLocation.parse(uri))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STORE_URI));
  }
}
