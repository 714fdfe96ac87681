package dev.errand.handlers.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A server on the loopback that writes whatever it likes to whoever connects, as no HTTP library
/// would.
final class RawServer implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final Thread acceptor;

  interface Script {
    void play(OutputStream out) throws IOException, InterruptedException;
  }

  RawServer(Script script) throws IOException {
    acceptor = Thread.ofVirtual().start(() -> accept(script));
  }

  WebAddress address() {
    return WebAddress.of("http://127.0.0.1:%d/".formatted(listener.getLocalPort()));
  }

  private void accept(Script script) {
    while (!listener.isClosed()) {
      try (Socket caller = listener.accept()) {
        script.play(caller.getOutputStream());
      } catch (IOException _) {
        // The caller has heard enough, or the test is over.
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    acceptor.interrupt();
  }
}
