package dev.errand.cli.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/// Chooses where a server that is started for one command listens.
final class Port {
  private static final int USUAL = 8080;

  private Port() {}

  /// `ERRAND_PORT` when it is given, otherwise 8080, or any free port when another program has
  /// that.
  ///
  /// @throws Trouble when `ERRAND_PORT` is taken
  static int choose(Map<String, String> environment) {
    String wanted = Given.text(environment, "ERRAND_PORT");
    if (wanted.isEmpty()) {
      return free(USUAL) ? USUAL : anyFree();
    }
    int port = number(wanted);
    if (!free(port)) {
      throw Trouble.here(
          "Port %d (ERRAND_PORT) is taken by another program.\n".formatted(port)
              + "Stop that program, set another ERRAND_PORT, or unset it to have a free one chosen.");
    }
    return port;
  }

  private static int number(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw Trouble.usage("ERRAND_PORT must be a number from 0 to 65535, not '" + text + "'.");
  }

  private static boolean free(int port) {
    try (ServerSocket _ = open(port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int anyFree() {
    try (ServerSocket socket = open(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw Trouble.here("No port of 127.0.0.1 is free: " + e.getMessage());
    }
  }

  private static ServerSocket open(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }
}
