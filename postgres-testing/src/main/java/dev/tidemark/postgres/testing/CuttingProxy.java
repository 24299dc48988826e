package dev.tidemark.postgres.testing;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and the server, understands where their messages end and which of them
 * ask for a commit, and cuts the connection just there when told to.
 */
public final class CuttingProxy implements AutoCloseable {
  /** Where to cut. */
  public enum Cut {
    /** The server never learns that a commit was asked for, and rolls back. */
    BEFORE_COMMIT,
    /** The server has committed, and its answer is lost. */
    AFTER_COMMIT,
    /** The commit was sent on; whether it happens is open. */
    WITH_COMMIT
  }

  private static final int STARTUP_WITHOUT_REPLY = 80877102; // a request to cancel
  private static final int ENCRYPTION = 80877103;
  private static final int GSS_ENCRYPTION = 80877104;

  private final PostgresAddress server;
  private final ServerSocket listener;
  private final AtomicReference<@Nullable Cut> armed = new AtomicReference<>();
  private volatile boolean isSilent;
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private final ConcurrentLinkedQueue<Closeable> open = new ConcurrentLinkedQueue<>();

  /**
   * Starts to listen, on a port of its own.
   *
   * @param server where to connect to
   */
  public CuttingProxy(PostgresAddress server) {
    this.server = server;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /**
   * Returns where to connect to.
   *
   * @return the server's address, with the port of this proxy
   */
  public PostgresAddress address() {
    // Encryption would hide the messages.
    return server.withPort(listener.getLocalPort()).with("sslmode", "disable");
  }

  /**
   * Cuts the connection that asks for a commit next.
   *
   * @param cut where
   */
  public void cutNextCommit(Cut cut) {
    armed.set(cut);
  }

  /** From now on drops all that either side sends, and keeps the connections: a path that died. */
  public void fallSilent() {
    isSilent = true;
  }

  /**
   * Returns how many connections were cut at a commit.
   *
   * @return the number
   */
  public int cuts() {
    return cuts.get();
  }

  /**
   * Returns how many commits were asked for.
   *
   * @return the number
   */
  public int commits() {
    return commits.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        Socket upstream = new Socket(server.host(), server.port());
        open.add(upstream);
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        Connection connection = new Connection(client, upstream);
        start(connection::forward);
        start(connection::backward);
      }
    } catch (IOException e) {
      // Closed, or the server is away: clients see the same.
      close();
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cutting proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends all connections. */
  @Override
  public void close() {
    try {
      listener.close();
      for (Closeable each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One client's connection. */
  private final class Connection {
    private final Socket client;
    private final Socket upstream;
    private final Map<String, String> prepared = new HashMap<>();

    /** Whether what the server says next ends this connection. */
    private volatile boolean answerIsLost;

    Connection(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    void forward() {
      try (client;
          upstream;
          DataInputStream input = new DataInputStream(client.getInputStream());
          DataOutputStream output = new DataOutputStream(upstream.getOutputStream())) {
        startUp(input, output);
        List<Message> batch = new ArrayList<>();
        boolean hasCommit = false;
        while (true) {
          Message message = Message.read(input);
          if (isSilent) {
            continue;
          }
          batch.add(message);
          hasCommit |= isCommit(message);
          // The driver flushes where it waits for an answer: at a Sync, a plain query, or a word of
          // the handshake.
          if (hasCommit && message.type != 'S' && message.type != 'Q') {
            continue;
          }
          if (hasCommit) {
            commits.incrementAndGet();
            if (cut(batch, output)) {
              return;
            }
          }
          for (Message each : batch) {
            each.write(output);
          }
          output.flush();
          batch.clear();
          hasCommit = false;
        }
      } catch (IOException e) {
        // One side has gone; the other learns by the close.
        return;
      }
    }

    private boolean cut(List<Message> batch, DataOutputStream output) throws IOException {
      Cut cut = armed.getAndSet(null);
      if (cut == null) {
        return false;
      }
      cuts.incrementAndGet();
      if (cut == Cut.BEFORE_COMMIT) {
        return true;
      }
      answerIsLost = cut == Cut.AFTER_COMMIT;
      for (Message each : batch) {
        each.write(output);
      }
      output.flush();
      if (answerIsLost) {
        // The other thread closes both, once the server has answered.
        int more = client.getInputStream().read();
        if (more >= 0) {
          throw new IOException("the client said more without an answer");
        }
      }
      return true;
    }

    void backward() {
      try (client;
          upstream) {
        byte[] buffer = new byte[1 << 16];
        for (int read = upstream.getInputStream().read(buffer);
            read >= 0;
            read = upstream.getInputStream().read(buffer)) {
          if (answerIsLost) {
            return;
          }
          if (isSilent) {
            continue;
          }
          client.getOutputStream().write(buffer, 0, read);
          client.getOutputStream().flush();
        }
      } catch (IOException e) {
        // As above.
        return;
      }
    }

    private static void startUp(DataInputStream input, DataOutputStream output) throws IOException {
      while (true) {
        int length = input.readInt();
        byte[] body = input.readNBytes(length - Integer.BYTES);
        output.writeInt(length);
        output.write(body);
        output.flush();
        int code = java.nio.ByteBuffer.wrap(body).getInt();
        if (code == STARTUP_WITHOUT_REPLY) {
          throw new EOFException("a request to cancel");
        }
        if (code != ENCRYPTION && code != GSS_ENCRYPTION) {
          return;
        }
      }
    }

    private boolean isCommit(Message message) {
      switch (message.type) {
        case 'P' -> prepared.put(message.text(0), message.text(1));
        case 'Q' -> {
          return isCommit(message.text(0));
        }
        case 'B' -> {
          return isCommit(prepared.getOrDefault(message.text(1), ""));
        }
        default -> {
          return false;
        }
      }
      return false;
    }

    private static boolean isCommit(String sql) {
      return sql.strip().toUpperCase(Locale.ROOT).startsWith("COMMIT");
    }
  }

  /** A message of the client: one letter, the length, and the body. */
  private static final class Message {
    private final int type;
    private final byte[] body;

    Message(int type, byte[] body) {
      this.type = type;
      this.body = body;
    }

    static Message read(DataInputStream input) throws IOException {
      int type = input.readUnsignedByte();
      return new Message(type, input.readNBytes(input.readInt() - Integer.BYTES));
    }

    void write(DataOutputStream output) throws IOException {
      output.writeByte(type);
      output.writeInt(body.length + Integer.BYTES);
      output.write(body);
    }

    /** Returns the n-th of the texts that the body begins with, each ended by a zero. */
    String text(int number) {
      int start = 0;
      for (int skipped = 0; skipped < number; skipped++) {
        while (body[start] != 0) {
          start++;
        }
        start++;
      }
      int end = start;
      while (end < body.length && body[end] != 0) {
        end++;
      }
      return new String(body, start, end - start, StandardCharsets.UTF_8);
    }
  }
}
