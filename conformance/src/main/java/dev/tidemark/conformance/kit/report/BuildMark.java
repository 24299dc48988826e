package dev.tidemark.conformance.kit.report;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells builds apart, so that only runs of the same classes are taken together: the bytes of what
 * is tested and of what tests, and the names of the JARs beside them.
 */
final class BuildMark {
  private BuildMark() {}

  static String of(Collection<Class<?>> classes) {
    Set<Path> places = new TreeSet<>();
    for (Class<?> type : classes) {
      Path place = place(type);
      if (place == null) {
        // Nobody can tell what it is: never the same as anything else.
        return UUID.randomUUID().toString();
      }
      places.add(place);
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path place : places) {
        for (Path file : files(place)) {
          digest.update(Files.readAllBytes(file));
        }
      }
      digest.update(jars().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("the classes under test cannot be read", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static @Nullable Path place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return null;
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static List<Path> files(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The engine that a backend stands on is among them, with its version. */
  private static String jars() {
    return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .map(entry -> new File(entry).getName())
        .filter(name -> name.endsWith(".jar") && !name.startsWith("surefirebooter"))
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
