package dev.tidemark.cli.output;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output. Unlike a {@link java.io.PrintStream} it does not swallow failures: a command
 * that cannot tell its results ends, quietly when the reader has gone.
 */
public final class Output {
  private static final JsonFactory JSON = new JsonFactory();

  private final OutputStream stream;

  Output(OutputStream stream) {
    this.stream = new Failing(new BufferedOutputStream(stream));
  }

  /**
   * Writes a line for people.
   *
   * @param text the line without its end
   */
  public void line(String text) {
    write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a JSON document piece by piece.
   *
   * @param content writes the document
   */
  public void json(JsonContent content) {
    try (JsonGenerator json = JSON.createGenerator(stream, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      // A document that was broken off must not look whole.
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      content.writeTo(json);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
    flush();
  }

  /**
   * Returns the bytes' way out, for what is neither lines nor JSON. Closing it only flushes.
   *
   * @return the stream
   */
  public OutputStream bytes() {
    return stream;
  }

  /** Hands on what was written so far. */
  public void flush() {
    try {
      stream.flush();
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  private void write(byte[] bytes) {
    try {
      stream.write(bytes);
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  /** Writes one JSON document. */
  @FunctionalInterface
  public interface JsonContent {
    /**
     * Writes the document.
     *
     * @param json where to
     * @throws IOException if the output fails
     */
    void writeTo(JsonGenerator json) throws IOException;
  }

  /**
   * Turns failures into {@link OutputFailure}, so that they are not taken for those of files. After
   * the first one everything is dropped: it was told, and what follows cannot arrive either.
   */
  private static final class Failing extends OutputStream {
    private final OutputStream target;
    private boolean isLost;

    Failing(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (isLost) {
        return;
      }
      try {
        target.write(bytes, offset, length);
      } catch (IOException e) {
        isLost = true;
        throw new OutputFailure(e);
      }
    }

    @Override
    public void flush() {
      if (isLost) {
        return;
      }
      try {
        target.flush();
      } catch (IOException e) {
        isLost = true;
        throw new OutputFailure(e);
      }
    }

    @Override
    public void close() {
      flush();
    }
  }
}
