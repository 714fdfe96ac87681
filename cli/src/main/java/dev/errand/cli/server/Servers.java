package dev.errand.cli.server;

import dev.errand.client.ErrandClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the server that a command talks to: the one that `ERRAND_URL` names, otherwise the one
/// that runs on the data directory.
public final class Servers {
  private static final int CONNECT_MILLIS = 1_000;

  private final Map<String, String> environment;
  private final DataDirectory data;

  public Servers(Map<String, String> environment) {
    this.environment = environment;
    this.data = DataDirectory.of(environment);
  }

  /// Whether the environment names a server; then no other will do.
  public boolean named() {
    return !url().isEmpty();
  }

  /// A client of the server.
  ///
  /// @throws Trouble when none runs
  public ErrandClient client() {
    return find()
        .orElseThrow(() ->
            Trouble.noServer(
                "No Errand server is running on "
                    + data.path()
                    + ".\nStart one in another terminal: "
                    + program()
                    + " serve\nTo use a server elsewhere, set ERRAND_URL and ERRAND_TOKEN."));
  }

  /// A client of the server, empty when none runs. A note left by a server that has gone counts as
  /// none.
  public Optional<ErrandClient> find() {
    if (named()) {
      return Optional.of(client(url(), token()));
    }
    return data.serverNote()
        .filter(DataDirectory.ServerNote::current)
        .filter(note -> listens(note.url()))
        .map(note -> client(note.url(), tokenHere()));
  }

  public DataDirectory data() {
    return data;
  }

  /// The program as it was called, for advice that can be typed.
  public String program() {
    return environment.getOrDefault("ERRAND_PROGRAM", "errand");
  }

  private String url() {
    return environment.getOrDefault("ERRAND_URL", "").strip();
  }

  private @Nullable String tokenHere() {
    String token = token();
    return token == null ? data.token() : token;
  }

  private @Nullable String token() {
    String token = Given.text(environment, "ERRAND_TOKEN");
    return token.isEmpty() ? null : token;
  }

  private static ErrandClient client(String url, @Nullable String token) {
    try {
      return ErrandClient.of(url, token);
    } catch (IllegalArgumentException e) {
      throw Trouble.usage("ERRAND_URL: " + e.getMessage());
    }
  }

  private static boolean listens(String url) {
    try (Socket socket = new Socket()) {
      URI address = URI.create(url);
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException | IllegalArgumentException _) {
      return false;
    }
  }
}
