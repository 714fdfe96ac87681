package dev.errand.testkit.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// One connection through the proxy.
final class Link {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Socket client;
  private final Socket server;
  private final Gate gate;
  private final Consumer<Link> whenGone;
  private final AtomicInteger openDirections = new AtomicInteger(2);
  private volatile boolean open = true;
  private volatile boolean lost;

  Link(Socket client, Socket server, Gate gate, Consumer<Link> whenGone) {
    this.client = client;
    this.server = server;
    this.gate = gate;
    this.whenGone = whenGone;
  }

  boolean open() {
    return open;
  }

  boolean lost() {
    return lost;
  }

  /// From now on nothing that enters comes out, for good.
  void lose() {
    lost = true;
  }

  void carry() {
    Thread.ofVirtual().start(() -> carry(client, server));
    Thread.ofVirtual().start(() -> carry(server, client));
  }

  private void carry(Socket from, Socket to) {
    try {
      copy(from.getInputStream(), to.getOutputStream());
      if (gate.pass(this)) {
        to.shutdownOutput();
      }
      if (openDirections.decrementAndGet() == 0) {
        end();
      }
    } catch (IOException | InterruptedException _) {
      cut();
    }
  }

  private void copy(InputStream in, OutputStream out) throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      if (gate.pass(this)) {
        out.write(buffer, 0, count);
      }
    }
  }

  /// Both sides have said that they are done.
  private void end() throws IOException {
    open = false;
    whenGone.accept(this);
    client.close();
    server.close();
  }

  /// Ends the connection with a reset on both sides.
  void cut() {
    open = false;
    whenGone.accept(this);
    reset(client);
    reset(server);
    gate.wake();
  }

  private static void reset(Socket socket) {
    try {
      // Closing without lingering discards what is under way and sends RST.
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // It is closed already.
    }
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed already.
    }
  }
}
