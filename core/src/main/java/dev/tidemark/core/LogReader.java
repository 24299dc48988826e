package dev.tidemark.core;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads a log page by page, so that a slow visitor holds no transaction open. */
final class LogReader {
  private static final int PAGE = 500;

  private final DocumentId document;
  private final StoreContext context;

  LogReader(DocumentId document, StoreContext context) {
    this.document = document;
    this.context = context;
  }

  void read(Position from, long throughVersion, Predicate<? super LoggedOperation> visitor) {
    Position next = from;
    while (true) {
      List<LoggedOperation> page = page(next, throughVersion);
      for (LoggedOperation logged : page) {
        if (!visitor.test(logged)) {
          return;
        }
      }
      if (page.size() < PAGE) {
        return;
      }
      next = page.get(page.size() - 1).position().next();
    }
  }

  private List<LoggedOperation> page(Position from, long throughVersion) {
    return context
        .units()
        .read(
            document,
            transaction -> {
              List<LoggedOperation> page = new ArrayList<>(PAGE);
              transaction.scanLog(
                  from,
                  throughVersion,
                  logged -> {
                    page.add(logged);
                    return page.size() < PAGE;
                  });
              return page;
            });
  }
}
