package dev.tidemark.core.internal.discovery;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.StoreLocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the one backend that opens a scheme. */
public final class BackendLookup {
  /** Where the schemes of our own backends come from, for the remedy of an error. */
  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "sqlite", "dev.tidemark:tidemark-backend-sqlite",
          "postgresql", "dev.tidemark:tidemark-backend-postgres",
          "postgres", "dev.tidemark:tidemark-backend-postgres",
          "memory", "dev.tidemark:tidemark-conformance");

  private BackendLookup() {}

  /**
   * Looks a backend up.
   *
   * @param location the store's URI
   * @param classLoader the only class loader to look in, or null for the library's own and that of
   *     the current thread
   * @return the backend's provider
   */
  public static BackendProvider find(StoreLocation location, @Nullable ClassLoader classLoader) {
    Map<String, BackendProvider> found = new LinkedHashMap<>();
    List<String> broken = new ArrayList<>();
    if (classLoader != null) {
      collect(classLoader, found, broken);
    } else {
      // The library's own loader comes first: on a pool thread the context loader may see nothing,
      // and in a container it may see another application's copy.
      collect(BackendLookup.class.getClassLoader(), found, broken);
      collect(Thread.currentThread().getContextClassLoader(), found, broken);
    }
    return choose(location, found.values(), broken);
  }

  /**
   * Checks that a backend that was handed over knows the scheme.
   *
   * @param provider the provider
   * @param location the store's URI
   * @return the provider
   */
  public static BackendProvider require(BackendProvider provider, StoreLocation location) {
    return choose(location, List.of(provider), List.of());
  }

  private static void collect(
      @Nullable ClassLoader loader, Map<String, BackendProvider> found, List<String> broken) {
    var providers = ServiceLoader.load(BackendProvider.class, loader).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        BackendProvider provider = providers.next();
        found.putIfAbsent(provider.getClass().getName(), provider);
      } catch (ServiceConfigurationError e) {
        // One broken JAR must not hide the others; it is named if nothing fits.
        broken.add(String.valueOf(e.getMessage()));
      }
    }
  }

  private static BackendProvider choose(
      StoreLocation location, Collection<BackendProvider> found, List<String> broken) {
    List<BackendProvider> fitting =
        found.stream().filter(p -> p.schemes().contains(location.scheme())).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    if (fitting.size() > 1) {
      throw TidemarkException.of(ErrorCode.BACKEND_AMBIGUOUS)
          .with(Detail.SCHEME, location.scheme())
          .with(Detail.FOUND, fitting.stream().map(p -> p.getClass().getName()).sorted().toList())
          .with(Detail.REMEDY, "keep one of these JARs, or hand the provider to the builder")
          .build();
    }
    TidemarkException.Builder error =
        TidemarkException.of(ErrorCode.BACKEND_NOT_FOUND)
            .with(Detail.SCHEME, location.scheme())
            .with(
                Detail.FOUND, found.stream().flatMap(p -> p.schemes().stream()).sorted().toList());
    String artifact = ARTIFACTS.get(location.scheme());
    if (artifact != null) {
      error.with(Detail.ARTIFACT, artifact).with(Detail.REMEDY, "add this artifact");
    } else {
      error.with(Detail.REMEDY, "use a scheme that was found, or add the JAR of its backend");
    }
    if (!broken.isEmpty()) {
      error.with(Detail.PROBLEM, "could not be loaded: " + broken);
    }
    throw error.build();
  }
}
