package dev.tidemark.cli.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.api.Detail;
import dev.tidemark.api.Operation;
import dev.tidemark.api.TidemarkException;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace transaction by transaction; besides the current transaction only the first line of
 * the next one is in memory. A transaction is handed out when the line behind it was read without
 * error, so a transaction that was cut is never taken for a whole one.
 *
 * <p>Whatever is wrong is a {@link MalformedTrace} with the file, the line and the problem. Not
 * safe for use by several threads.
 */
public final class TraceReader implements Iterator<TraceTransaction>, AutoCloseable {
  private static final String AGAIN = " and run the same command again";
  private static final String NAME_A_TRACE =
      "name a trace, whose first line is as {\"format\":\"tree-trace/2\"}";
  private static final JsonFactory JSON = new JsonFactory();

  private final String file;
  private final InputStream raw;
  private final JsonParser json;
  private final TraceHeader header;
  private final TraceOrder order;

  private long line;
  private @Nullable TraceLine ahead;

  private TraceReader(String file, InputStream raw) {
    this.file = file;
    this.raw = raw;
    try {
      json = JSON.createParser(TraceInput.decompress(raw));
      header = readHeader();
      order = new TraceOrder(header);
    } catch (IOException | TraceProblem | TidemarkException e) {
      throw malformed(e);
    }
    ahead = readLine();
  }

  /**
   * Reads a trace and its header from a stream.
   *
   * @param name what to call it in messages
   * @param input the bytes, plain or compressed with gzip; closed with the reader
   * @return a reader, to be closed
   * @throws MalformedTrace if it is no trace
   */
  public static TraceReader open(String name, InputStream input) {
    try {
      return new TraceReader(name, input);
    } catch (MalformedTrace e) {
      closeAfter(e, input);
      throw e;
    }
  }

  /**
   * Returns the first line.
   *
   * @return the header
   */
  public TraceHeader header() {
    return header;
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  @Override
  public TraceTransaction next() {
    TraceLine first = ahead;
    if (first == null) {
      throw new NoSuchElementException("the trace has no more transactions");
    }
    List<Operation> operations = new ArrayList<>();
    TraceLine current = first;
    while (current != null && current.transaction() == first.transaction()) {
      operations.add(current.operation());
      current = readLine();
      ahead = current;
    }
    return new TraceTransaction(first.transaction(), operations);
  }

  @Override
  public void close() {
    try {
      json.close();
      raw.close();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private TraceHeader readHeader() throws IOException {
    boolean isThere;
    try {
      isThere = startLine();
    } catch (TraceProblem | JsonProcessingException | CharConversionException e) {
      // Whatever this file is, it is not a line of a trace that could be mended.
      throw new TraceProblem(TraceHeaderParser.NO_HEADER + problem(e));
    }
    if (!isThere) {
      throw new TraceProblem("the trace is empty");
    }
    TraceHeader read = TraceHeaderParser.parse(json);
    endLine();
    return read;
  }

  private @Nullable TraceLine readLine() {
    try {
      if (!startLine()) {
        order.end();
        return null;
      }
      TraceLine read = TraceLineParser.parse(json, header.format());
      endLine();
      order.accept(read);
      return read;
    } catch (IOException | TraceProblem | TidemarkException e) {
      throw malformed(e);
    }
  }

  private boolean startLine() throws IOException {
    long before = line;
    line = before + 1;
    JsonToken token = json.nextToken();
    if (token == null) {
      line = Math.max(1, before);
      return false;
    }
    line = json.currentTokenLocation().getLineNr();
    if (line == before) {
      throw new TraceProblem("two values stand on one line");
    }
    if (token != JsonToken.START_OBJECT) {
      throw new TraceProblem("the line is not a JSON object");
    }
    return true;
  }

  private void endLine() throws IOException {
    if (json.currentToken() != JsonToken.END_OBJECT) {
      throw new TraceProblem("the line is not a JSON object");
    }
    if (json.currentTokenLocation().getLineNr() != line) {
      throw new TraceProblem("the object does not end on its line");
    }
  }

  private MalformedTrace malformed(Exception cause) {
    boolean isNoTrace = problem(cause).startsWith(TraceHeaderParser.NO_HEADER);
    boolean isOfLine = !(cause instanceof IOException) || cause instanceof JsonProcessingException;
    String remedy =
        isNoTrace ? NAME_A_TRACE : (isOfLine ? "fix the line" : "get the file again") + AGAIN;
    return new MalformedTrace(file, line, problem(cause), remedy, cause);
  }

  private static String problem(Exception cause) {
    if (cause instanceof TraceProblem known) {
      return known.problem();
    }
    if (cause instanceof TidemarkException refused) {
      return String.valueOf(refused.detail(Detail.PROBLEM).orElse(refused.getMessage()));
    }
    if (cause instanceof JsonProcessingException broken) {
      return "not JSON: "
          + String.valueOf(broken.getOriginalMessage()).lines().findFirst().orElse("");
    }
    if (cause instanceof EOFException) {
      return "the compressed file is cut off";
    }
    if (cause instanceof ZipException) {
      return "the compressed file is damaged: " + cause.getMessage();
    }
    return "it cannot be read: " + cause.getMessage();
  }

  private static void closeAfter(MalformedTrace failure, InputStream input) {
    try {
      input.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
