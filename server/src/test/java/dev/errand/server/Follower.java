package dev.errand.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Takes what a socket tells.
final class Follower implements WebSocket.Listener {
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();

  /// One of the administrator's.
  static Follower of(TestServer server, String path) {
    Follower follower = new Follower();
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Authorization", "Bearer " + server.token())
        .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), follower)
        .join();
    return follower;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      messages.add(part.toString());
      part.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.add(code);
    return null;
  }

  JsonNode next() throws InterruptedException {
    String message = messages.poll(30, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("Nothing was told");
    }
    return TestServer.JSON.readTree(message);
  }

  /// Whether something was told that nobody has taken; certain only once the socket is closed.
  boolean toldMore() {
    return !messages.isEmpty();
  }

  int closed() throws InterruptedException {
    Integer code = closed.poll(30, TimeUnit.SECONDS);
    if (code == null) {
      throw new AssertionError("Not closed");
    }
    return code;
  }
}
