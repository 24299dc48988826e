package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.postgres.testing.CuttingProxy;
import dev.tidemark.postgres.testing.CuttingProxy.Cut;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.postgres.testing.workload.CountingWriter;
import dev.tidemark.postgres.testing.workload.LogAudit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection breaks at the commit: before, with or after it (rule B6). */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LostAnswerTest {
  private static final int APPENDS = 20;

  /** None but the library's own: one call of the application is one append. */
  private static final int ATTEMPTS = 1;

  @ParameterizedTest
  @EnumSource
  void anAppendIsNeitherLostNorDoubled(Cut cut) {
    String schema = TestPostgres.newSchema();
    try (CuttingProxy proxy = new CuttingProxy(TestPostgres.address());
        Tidemark store = Tidemark.open(proxy.address().store(schema))) {
      Document document = store.document("notes");
      CountingWriter writer = new CountingWriter(document, 0, 100);
      writer.append(ATTEMPTS);
      for (int i = 1; i < APPENDS; i++) {
        proxy.cutNextCommit(cut);
        int cuts = proxy.cuts();
        writer.append(ATTEMPTS);
        assertThat(proxy.cuts()).as("the connection was cut").isEqualTo(cuts + 1);
      }
      assertExact(TestPostgres.address().store(schema), writer);
    }
  }

  @Test
  void aNewDocumentSurvivesALostAnswer() {
    String schema = TestPostgres.newSchema();
    try (CuttingProxy proxy = new CuttingProxy(TestPostgres.address());
        Tidemark store = Tidemark.open(proxy.address().store(schema))) {
      for (Cut cut : Cut.values()) {
        Document document = store.document("new " + cut);
        CountingWriter writer = new CountingWriter(document, 0, 100);
        proxy.cutNextCommit(cut);
        writer.append(ATTEMPTS);
        LogAudit audit = LogAudit.of(document);
        audit.requireExactly(List.of(writer));
        assertThat(audit.versions()).isEqualTo(1);
      }
      assertThat(proxy.cuts()).isEqualTo(Cut.values().length);
    }
  }

  /** By another connection, which nothing cuts. */
  private static void assertExact(String uri, CountingWriter writer) {
    try (Tidemark store = Tidemark.open(uri)) {
      Document document = store.document("notes");
      LogAudit audit = LogAudit.of(document);
      audit.requireExactly(List.of(writer));
      assertThat(audit.versions()).isEqualTo(APPENDS);
      assertThat(writer.acknowledged().values()).as("versions told").doesNotContain(0L);
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
    }
  }
}
