package org.example.tidemark.h2;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.StoreSchema;
import java.util.Set;

/** Opens {@code h2:path}, and {@code h2:path?sync=off}, which does not wait for the medium. */
public final class H2BackendProvider implements BackendProvider {
  /** Makes a provider. */
  public H2BackendProvider() {}

  @Override
  public String name() {
    return "h2";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("h2");
  }

  // tutorial: open
  @Override
  public Backend open(OpenRequest request) {
    Database database = Database.at(request.location());
    if (request.mode() == OpenMode.READ) {
      throw TidemarkException.of(ErrorCode.UNSUPPORTED)
          .with(Detail.PROBLEM, "H2 opens a file to write, whoever asks")
          .with(Detail.REMEDY, "open it in mode WRITE")
          .with(Detail.STORE, request.location())
          .build();
    }
    return H2Backend.open(database, request.mode() == OpenMode.CREATE);
  }

  // tutorial: end

  @Override
  public StoreSchema schema(StoreLocation location) {
    return new H2Schema(Database.at(location));
  }
}
