package dev.tidemark.conformance.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Loads all of Tidemark anew, with a few classes changed, and everything else as it is: JUnit and
 * its results are shared with whoever runs the mutant.
 */
final class MutantClasses extends ClassLoader {
  private static final String OURS = "dev.tidemark.";

  private final Map<String, byte[]> changed;

  MutantClasses(ClassLoader parent, Map<String, byte[]> changed) {
    super(parent);
    this.changed = changed;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = changed.containsKey(name) ? changed.get(name) : original(name);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
