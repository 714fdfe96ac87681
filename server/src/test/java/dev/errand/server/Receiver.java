package dev.errand.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Somebody's server on the loopback that is told of ended tasks.
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  /// What came.
  record Call(String path, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().getFirst())
          .findFirst()
          .orElse("");
    }
  }

  interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.start();
  }

  Receiver on(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          calls.add(
              new Call(
                  exchange.getRequestURI().getPath(),
                  Map.copyOf(exchange.getRequestHeaders()),
                  body));
          try (exchange) {
            answer.to(exchange);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    return this;
  }

  Receiver on(String path, int status) {
    return on(path, exchange -> exchange.sendResponseHeaders(status, -1));
  }

  String at(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  /// The next call, which must come within half a minute.
  Call next() throws InterruptedException {
    Call call = calls.poll(30, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("Nobody has called");
    }
    return call;
  }

  boolean quiet() {
    return calls.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
