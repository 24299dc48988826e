package dev.tidemark.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One place of a source file that is written otherwise, and the classes that come of it.
 *
 * @param file the file, from the root of the project
 * @param original what stands there, exactly once
 * @param changed what the mutant has instead
 */
record SourceChange(String file, String original, String changed) {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** Shared, as it keeps what it has read of the class path. */
  private static final JavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

  /** Compiles the changed file against the classes of the others. */
  Map<String, byte[]> compile() throws IOException {
    Path path = Path.of("..").resolve(file);
    String source = Files.readString(path);
    int at = source.indexOf(original);
    assertThat(at).as("'%s' in %s", original, file).isNotNegative();
    assertThat(source.indexOf(original, at + 1))
        .as("'%s' twice in %s", original, file)
        .isNegative();
    String mutated = source.substring(0, at) + changed + source.substring(at + original.length());

    Map<String, byte[]> classes = new HashMap<>();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-classpath", classPath(), "-proc:none", "-Xlint:none", "-implicit:none");
    JavaFileManager files = new InMemoryClasses(FILES, classes);
    List<JavaFileObject> sources = List.of(new SourceText(path, mutated));
    boolean isCompiled = COMPILER.getTask(messages, files, null, options, null, sources).call();
    assertThat(isCompiled).as("%s: %s", this, messages).isTrue();
    return classes;
  }

  private static String classPath() {
    // Surefire may hand its class path over in the manifest of a JAR, which the compiler reads.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static final class SourceText extends SimpleJavaFileObject {
    private final String text;

    SourceText(Path path, String text) {
      super(URI.create("string:///" + path.getFileName()), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemoryClasses extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, byte[]> classes;

    InMemoryClasses(JavaFileManager files, Map<String, byte[]> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("string:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              classes.put(className, toByteArray());
            }
          };
        }
      };
    }
  }
}
