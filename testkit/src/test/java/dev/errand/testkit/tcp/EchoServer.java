package dev.errand.testkit.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Sends back what it gets, and ends a stream when its client does.
final class EchoServer implements AutoCloseable {
  private final ServerSocket socket;

  EchoServer() throws IOException {
    this(0);
  }

  EchoServer(int port) throws IOException {
    this.socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> echo(client));
      } catch (IOException _) {
        // The server was closed.
      }
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException _) {
      // The client is gone.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
