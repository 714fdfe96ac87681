package dev.errand.chaos.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What lies between one node and the database: passes bytes on, unless it is cut or stalled.
/// Thread-safe.
public final class Cable implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;
  private static final int CONNECT_MILLIS = 3_000;

  private final ServerSocket door;
  private final int to;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Object passage = new Object();
  private State state = State.WHOLE; // guarded by passage

  private enum State {
    WHOLE,
    /// Nothing gets through, and nobody is told.
    STALLED,
    /// Every connection is reset.
    CUT
  }

  private Cable(ServerSocket door, int to) {
    this.door = door;
    this.to = to;
  }

  /// Lays a cable to a port of this machine.
  public static Cable to(int port) throws IOException {
    ServerSocket door = new ServerSocket();
    door.setReuseAddress(true);
    door.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    Cable cable = new Cable(door, port);
    Thread.ofPlatform().daemon().name("cable").start(cable::accept);
    return cable;
  }

  /// The port of this machine that nodes connect to.
  public int port() {
    return door.getLocalPort();
  }

  /// Resets every connection, on both sides, and all that come until it is mended.
  public void cut() {
    change(State.CUT);
    links.forEach(Link::reset);
  }

  /// Passes nothing on, in no direction, until it is mended or cut.
  public void stall() {
    change(State.STALLED);
  }

  public void mend() {
    change(State.WHOLE);
  }

  private void change(State next) {
    synchronized (passage) {
      state = next;
      passage.notifyAll();
    }
  }

  /// Waits while nothing gets through.
  ///
  /// @return whether something may pass now
  private boolean open() throws InterruptedException {
    synchronized (passage) {
      while (state == State.STALLED) {
        passage.wait();
      }
      return state == State.WHOLE;
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Link link = new Link(door.accept());
        links.add(link);
        Thread.ofVirtual().start(link::run);
      } catch (IOException _) {
        // It is closed, or there are too many open files; then the next one may do.
      }
    }
  }

  /// One connection of a node.
  private final class Link {
    private final Socket node;
    private volatile @Nullable Socket database;

    Link(Socket node) {
      this.node = node;
    }

    void run() {
      try {
        if (!open()) {
          return;
        }
        Socket far = new Socket();
        database = far;
        far.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), to), CONNECT_MILLIS);
        node.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        Thread back = Thread.ofVirtual().start(() -> pass(far, node));
        pass(node, far);
        back.join();
      } catch (IOException _) {
        // The database is away; so is this connection.
      } catch (InterruptedException _) {
        // Nobody interrupts.
      } finally {
        reset();
        links.remove(this);
      }
    }

    /// Until one side ends, or the cable is cut.
    private void pass(Socket from, Socket to) {
      byte[] buffer = new byte[BUFFER];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (!open()) {
            break;
          }
          out.write(buffer, 0, read);
        }
        if (open()) {
          to.shutdownOutput();
          return;
        }
      } catch (IOException | InterruptedException _) {
        // One side has ended without a word; so does the other.
      }
      reset();
    }

    /// Ends it as a network does that breaks: without a goodbye.
    void reset() {
      reset(node);
      reset(database);
    }

    private static void reset(@Nullable Socket socket) {
      if (socket != null) {
        try {
          socket.setSoLinger(true, 0);
          socket.close();
        } catch (IOException _) {
          // It was closed already.
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
