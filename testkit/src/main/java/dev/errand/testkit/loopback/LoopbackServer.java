package dev.errand.testkit.loopback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A server that answers each request with the reply that the test has laid out for it, and keeps
/// what it was asked.
public final class LoopbackServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private LoopbackServer(HttpServer server) {
    this.server = server;
  }

  /// Starts a server on a free port.
  public static LoopbackServer start() {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      LoopbackServer server =
          new LoopbackServer(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
      server.server.createContext("/", server::answer);
      server.server.setExecutor(server.threads);
      server.server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What was asked.
  ///
  /// @param call method and path with query, such as `GET /tasks?limit=20`
  public record Request(String call, Map<String, List<String>> headers, String body) {
    public @Nullable String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse(null);
    }
  }

  /// Writes one answer.
  public interface Reply {
    void to(HttpExchange exchange) throws IOException;

    /// A JSON answer.
    static Reply json(int status, String json) {
      return bytes(status, "application/json", json);
    }

    /// A refusal as problem details.
    static Reply problem(int status, String json) {
      return bytes(status, "application/problem+json", json);
    }

    static Reply bytes(int status, String contentType, String body) {
      return exchange -> {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
      };
    }

    /// A stream of events that comes to its end.
    static Reply events(String stream) {
      return exchange -> {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(stream.getBytes(StandardCharsets.UTF_8));
      };
    }

    /// Sends `body` as the beginning of a longer answer, then cuts the connection.
    static Reply cut(String contentType, String body) {
      return exchange -> {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(200, bytes.length + 1L);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
        throw new IOException("cut, as the test asked");
      };
    }
  }

  /// Lays out replies to one call; the last one stays for every further time.
  ///
  /// @param call method and path with query, such as `GET /tasks?limit=20`
  public LoopbackServer on(String call, Reply... inTurn) {
    replies.put(call, new ArrayDeque<>(List.of(inTurn)));
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// Everything that was asked so far, in order.
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /// The latest request of a call.
  public Request latest(String call) {
    return requests.stream()
        .filter(request -> request.call().equals(call))
        .reduce((_, later) -> later)
        .orElseThrow(() -> new AssertionError("no " + call + " among " + requests));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(new Request(call, Map.copyOf(exchange.getRequestHeaders()), body));
      next(call).to(exchange);
    }
  }

  private Reply next(String call) {
    Deque<Reply> laidOut = replies.get(call);
    if (laidOut == null) {
      return Reply.problem(404, "{\"code\":\"not_found\",\"detail\":\"nothing at " + call + "\"}");
    }
    synchronized (laidOut) {
      return laidOut.size() > 1 ? laidOut.removeFirst() : laidOut.getFirst();
    }
  }
}
