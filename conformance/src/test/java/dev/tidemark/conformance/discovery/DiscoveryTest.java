package dev.tidemark.conformance.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.core.Tidemark;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a backend is found for a URI (rules S1 to S3). */
class DiscoveryTest {
  @TempDir Path directory;

  @Rule("S1")
  @Test
  void aSchemeWithoutBackendNamesWhatToAdd() {
    TidemarkException error = failure(Tidemark.builder("postgresql://localhost/notes"));
    assertThat(error.code()).isEqualTo(ErrorCode.BACKEND_NOT_FOUND);
    assertThat(error)
        .hasMessageContaining("postgresql")
        .hasMessageContaining("memory")
        .hasMessageContaining("dev.tidemark:tidemark-backend-postgres");
  }

  @Rule("S1")
  @Test
  void anUnknownSchemeNamesTheBackendsFound() {
    TidemarkException error = failure(Tidemark.builder("tape:0"));
    assertThat(error.code()).isEqualTo(ErrorCode.BACKEND_NOT_FOUND);
    assertThat(error.detail(Detail.FOUND).orElseThrow().toString()).contains("memory");
    assertThat(error.detail(Detail.ARTIFACT)).isEmpty();
  }

  @Rule("S2")
  @Test
  void twoBackendsForOneSchemeAreBothNamed() throws IOException {
    try (URLClassLoader loader = loaderOf(SecondMemoryProvider.class.getName())) {
      TidemarkException error = failure(Tidemark.builder("memory:x").classLoader(loader));
      assertThat(error.code()).isEqualTo(ErrorCode.BACKEND_AMBIGUOUS);
      assertThat(error)
          .hasMessageContaining(SecondMemoryProvider.class.getName())
          .hasMessageContaining(InMemoryBackendProvider.class.getName());
    }
  }

  @Rule("S2")
  @Test
  void theSameBackendFoundTwiceIsOne() throws IOException {
    try (URLClassLoader loader = loaderOf(InMemoryBackendProvider.class.getName());
        Tidemark store = Tidemark.builder("memory:").classLoader(loader).open()) {
      assertThat(store.document("notes").status().version()).isZero();
    }
  }

  @Rule("S1")
  @Test
  void oneBrokenJarDoesNotHideTheOthers() throws IOException {
    try (URLClassLoader loader = loaderOf("no.such.Provider")) {
      Tidemark.builder("memory:").classLoader(loader).open().close();
      assertThat(failure(Tidemark.builder("tape:0").classLoader(loader)))
          .hasMessageContaining("no.such.Provider");
    }
  }

  @Rule("S3")
  @Test
  void aPoolThreadWithoutContextClassLoaderFindsIt() throws Exception {
    assertThat(onThreadWith(null)).isZero();
    assertThat(onThreadWith(ClassLoader.getPlatformClassLoader())).isZero();
  }

  @Rule("S3")
  @Test
  void anExplicitProviderNeedsNoServiceFile() {
    ClassLoader empty = ClassLoader.getPlatformClassLoader();
    assertThat(failure(Tidemark.builder("second:").classLoader(empty)).code())
        .isEqualTo(ErrorCode.BACKEND_NOT_FOUND);
    try (Tidemark store =
        Tidemark.builder("memory:").classLoader(empty).backend(new SecondMemoryProvider()).open()) {
      assertThat(store.isReadOnly()).isFalse();
    }
    assertThat(failure(Tidemark.builder("sqlite:x.db").backend(new SecondMemoryProvider())).code())
        .isEqualTo(ErrorCode.BACKEND_NOT_FOUND);
  }

  private static long onThreadWith(ClassLoader context)
      throws InterruptedException, ExecutionException {
    CompletableFuture<Long> version = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () ->
                version.completeAsync(
                    () -> {
                      try (Tidemark store = Tidemark.open("memory:")) {
                        return store.document("notes").status().version();
                      }
                    },
                    Runnable::run));
    thread.setContextClassLoader(context);
    thread.start();
    return version.get();
  }

  /** A class loader that has a service file of its own beside what the tests have. */
  private URLClassLoader loaderOf(String provider) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve("dev.tidemark.spi.BackendProvider"), provider + "\n");
    return new URLClassLoader(new URL[] {url()}, getClass().getClassLoader());
  }

  private URL url() throws MalformedURLException {
    return directory.toUri().toURL();
  }

  private static TidemarkException failure(Tidemark.Builder builder) {
    return catchThrowableOfType(TidemarkException.class, () -> builder.open().close());
  }
}
