package dev.tidemark.conformance.kit.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Tidemark;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backend as users get it: by the scheme of a URI, from the class path. */
public abstract class DiscoveryContract extends EngineContract {
  @TempDir Path directory;

  /** For subclasses. */
  protected DiscoveryContract() {}

  @Test
  @Rule("S1")
  void anUnknownSchemeNamesTheBackendsThatWereFound() {
    TidemarkException error = failure(Tidemark.builder("no-such-scheme:0"));

    assertThat(error.code()).isEqualTo(ErrorCode.BACKEND_NOT_FOUND);
    assertThat(error).hasMessageContaining("no-such-scheme");
    assertThat(error.detail(Detail.FOUND).orElseThrow().toString())
        .as("S1: schemes found; is the backend in META-INF/services?")
        .contains(backend().provider().schemes());
    assertThat(error.detail(Detail.REMEDY)).as("S1: the remedy").isPresent();
  }

  @Test
  @Rule("S1")
  void aSchemeOfTidemarkNamesTheArtifactToAdd() {
    ClassLoader empty = ClassLoader.getPlatformClassLoader();
    TidemarkException error = failure(Tidemark.builder("sqlite:notes.db").classLoader(empty));

    assertThat(error).hasMessageContaining("dev.tidemark:tidemark-backend-sqlite");
  }

  @Test
  @Rule("S2")
  void aSecondBackendForTheSchemeIsNamedBesideTheFirst() throws IOException {
    TwinProvider.pretend(backend().provider().schemes());
    String first = backend().provider().getClass().getName();
    try (URLClassLoader loader = loaderOf(List.of(first, TwinProvider.class.getName()))) {
      TidemarkException error = failure(Tidemark.builder(uri()).classLoader(loader));
      assertThat(error.code()).isEqualTo(ErrorCode.BACKEND_AMBIGUOUS);
      assertThat(error)
          .hasMessageContaining(TwinProvider.class.getName())
          .hasMessageContaining(backend().provider().getClass().getName());
    } finally {
      TwinProvider.pretend(java.util.Set.of());
    }
  }

  @Test
  @Rule("S2")
  void aBackendThatIsFoundTwiceIsOne() throws IOException {
    String name = backend().provider().getClass().getName();
    try (URLClassLoader loader = loaderOf(List.of(name));
        Tidemark found = Tidemark.builder(uri()).classLoader(loader).open()) {
      assertThat(found.isReadOnly()).isFalse();
    }
    // By the library's class loader and by the thread's, which are one more often than not.
    Tidemark.open(uri()).close();
  }

  @Test
  @Rule("S3")
  void aThreadWithAnotherContextClassLoaderFindsIt() throws Exception {
    for (ClassLoader context : new ClassLoader[] {null, ClassLoader.getPlatformClassLoader()}) {
      assertThat(versionOnThreadWith(context)).as("under %s", context).isZero();
    }
  }

  @Test
  @Rule("S3")
  void aShadedJarHasOneServiceFileForAllBackends() throws IOException {
    String name = backend().provider().getClass().getName();
    try (URLClassLoader loader = loaderOf(List.of("no.such.Provider", name))) {
      Tidemark.builder(uri()).classLoader(loader).open().close();
    }
  }

  @Test
  @Rule("S3")
  void aProviderThatIsHandedOverIsNotLookedFor() {
    ClassLoader empty = ClassLoader.getPlatformClassLoader();
    assertThat(failure(Tidemark.builder(uri()).classLoader(empty)).code())
        .isEqualTo(ErrorCode.BACKEND_NOT_FOUND);
    Tidemark.builder(uri()).classLoader(empty).backend(backend().provider()).open().close();
    assertThat(failure(Tidemark.builder("no-such-scheme:0").backend(backend().provider())).code())
        .isEqualTo(ErrorCode.BACKEND_NOT_FOUND);
  }

  private long versionOnThreadWith(@Nullable ClassLoader context) throws Exception {
    CompletableFuture<Long> version = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () ->
                version.completeAsync(
                    () -> {
                      try (Tidemark found = Tidemark.open(uri())) {
                        return found.document("notes").status().version();
                      }
                    },
                    Runnable::run));
    thread.setContextClassLoader(context);
    thread.start();
    try {
      return version.get(1, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof TidemarkException failure ? failure : e;
    }
  }

  /** A class loader as that of a JAR into which several were merged. */
  private URLClassLoader loaderOf(List<String> providers) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.write(services.resolve("dev.tidemark.spi.BackendProvider"), providers);
    return new OwnServices(directory, backend().provider().getClass().getClassLoader());
  }

  /** Sees the classes of its parent, and no service file but its own. */
  private static final class OwnServices extends URLClassLoader {
    OwnServices(Path directory, ClassLoader parent) throws IOException {
      super(new URL[] {directory.toUri().toURL()}, parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.startsWith("META-INF/services/") ? findResources(name) : super.getResources(name);
    }
  }

  private static TidemarkException failure(Tidemark.Builder builder) {
    TidemarkException failure =
        catchThrowableOfType(TidemarkException.class, () -> builder.open().close());
    assertThat(failure).as("what opening throws").isNotNull();
    return failure;
  }
}
