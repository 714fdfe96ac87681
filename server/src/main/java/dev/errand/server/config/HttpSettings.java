package dev.errand.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Where the server listens.
///
/// @param host a name or an address; the default is reachable from this machine only
/// @param port 0 for any free one
public record HttpSettings(String host, int port) {
  public static final HttpSettings DEFAULTS = new HttpSettings("127.0.0.1", 8080);

  public HttpSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("ERRAND_PORT must be 0 to 65535, not " + port);
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("ERRAND_HOST must be a host name or an address");
    }
  }

  /// @throws IllegalArgumentException when the host has no address
  public InetAddress address() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "ERRAND_HOST must be a name or an address of this machine, not \"%s\"".formatted(host),
          e);
    }
  }

  /// Where a client on this machine finds the server.
  ///
  /// @param actualPort the one that was bound
  public String url(int actualPort) {
    InetAddress address = address();
    String reachable =
        address.isAnyLocalAddress() ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    return "http://%s:%d".formatted(reachable, actualPort);
  }
}
