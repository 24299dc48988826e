package dev.tidemark.postgres.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.postgres.internal.store.OpenedStore;
import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each step costs in which a tree is removed. */
final class RemovalCostTest {
  private static final int OPERATIONS = 20_000;
  private static final String SCHEMA = TestPostgres.newSchema();
  private static final String URI = TestPostgres.address().store(SCHEMA);

  private static OpenedStore store;

  @BeforeAll
  static void open() {
    store = OpenedStore.open(new OpenRequest(StoreLocation.parse(URI), OpenMode.CREATE));
  }

  @AfterAll
  static void close() throws SQLException {
    if (store.pool() != null) {
      store.pool().close();
    }
    TestPostgres.address().execute("DROP SCHEMA \"" + SCHEMA + "\" CASCADE");
  }

  /** A step late in a removal costs what the first one does, though the removed rows are there. */
  @Test
  void aRemovalDoesNotWalkOverWhatItRemoved() throws SQLException {
    DocumentId removed = DocumentId.of("removed");
    LoadedDocument.load(URI, removed, OPERATIONS);
    Session session = store.sessions().beginWrite();
    try {
      DocumentRow document = DocumentRow.lock(session, removed);
      TreeRemoval removal = new TreeRemoval(session, document);
      List<Integer> pages = new ArrayList<>();
      int step;
      do {
        long before = pagesRead(session);
        step = removal.remove(OPERATIONS / 20);
        pages.add((int) (pagesRead(session) - before));
      } while (step > 0);
      System.out.println("pages of each step of a removal: " + pages);
      assertThat(pages).hasSizeGreaterThan(20);
      int most = pages.subList(0, 5).stream().mapToInt(Integer::intValue).max().orElseThrow();
      assertThat(pages).allSatisfy(each -> assertThat(each).isLessThan(3 * most));
    } finally {
      session.end();
    }
  }

  private static long pagesRead(Session session) throws SQLException {
    PreparedStatement statement =
        session.prepare(
            """
            SELECT sum(pg_stat_get_xact_blocks_fetched(c.oid)) FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?""");
    statement.setString(1, SCHEMA);
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
