package dev.errand.server;

import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.signal.Signals;
import dev.errand.server.config.NodeRole;
import dev.errand.server.config.Settings;
import dev.errand.server.json.WireJson;
import dev.errand.server.wiring.Access;
import dev.errand.server.wiring.CompatDoors;
import dev.errand.server.wiring.Doors;
import dev.errand.server.wiring.Engine;
import dev.errand.server.wiring.LiveEvents;
import dev.errand.server.wiring.Mcp;
import dev.errand.server.wiring.Stores;
import dev.errand.server.wiring.Tokens;
import dev.errand.server.wiring.Web;
import dev.errand.server.wiring.WebhookDeliveries;
import dev.errand.server.wiring.Wiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server with its own PostgreSQL, on a free port. It runs no worker: a test is the worker itself
/// and so decides when what happens.
final class TestServer implements AutoCloseable {
  static final JsonMapper JSON = WireJson.mapper(Integer.MAX_VALUE);

  private final ErrandServer server;
  private final Path directory;
  private final HttpClient client = HttpClient.newBuilder().build();

  private TestServer(ErrandServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  /// One for all tests that leave nothing behind which could disturb another one.
  static TestServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final TestServer SERVER = start(Map.of());

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }
  }

  static TestServer start(Map<String, String> variables) {
    return start(variables, TestTypes.class);
  }

  /// @param types where the task types are from, and other parts of a test's own
  static TestServer start(Map<String, String> variables, Class<?>... types) {
    List<Class<?>> parts = new ArrayList<>(List.of(types));
    parts.addAll(
        List.of(
            Web.class,
            Stores.class,
            Engine.class,
            Tokens.class,
            Doors.class,
            Access.class,
            WebhookDeliveries.class,
            LiveEvents.class,
            CompatDoors.class,
            Mcp.class));
    return start(variables, parts);
  }

  /// A server as people start it, with its worker and every type of task.
  static TestServer working(Map<String, String> variables) {
    return start(variables, Wiring.partsFor(NodeRole.ALL));
  }

  /// @param parts what the server consists of
  static TestServer start(Map<String, String> variables, List<Class<?>> parts) {
    try {
      Path directory = Files.createTempDirectory("errand-test");
      Map<String, String> environment = new HashMap<>(variables);
      environment.put("ERRAND_PORT", "0");
      environment.put("ERRAND_DATA_DIR", directory.toString());
      environment.putIfAbsent("TASK_MAX_ARTIFACT_MB", "1");
      Settings settings = Settings.read(Map.of(), environment);
      return new TestServer(ErrandServer.start(settings, parts), directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    Training.delete(directory);
  }

  <T> T part(Class<T> type) {
    return server.part(type);
  }

  Path directory() {
    return directory;
  }

  int port() {
    return server.port();
  }

  String token() {
    try {
      return Files.readString(directory.resolve("token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A request of the administrator's.
  HttpRequest.Builder request(String path) {
    return anonymous(path).header("Authorization", "Bearer " + token());
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofMinutes(1));
  }

  Answer get(String path) {
    return send(request(path));
  }

  Answer post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  Answer send(HttpRequest.Builder request) {
    return new Answer(send(request, BodyHandlers.ofString()));
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Submits a task and returns its id.
  String submit(String json) {
    return post("/tasks", json).json().path("id").asString();
  }

  String submit() {
    return submit("{\"type\": \"say\", \"params\": {\"msg\": \"hello\"}}");
  }

  /// Leases the task to a worker that lives as long as this server. Whatever waits before it is
  /// leased too.
  Lease claim(String task) {
    Leases.Session session =
        part(Leases.class)
            .open(
                new Leases.NewWorker("test", part(Handlers.class).types(), 1, Duration.ofHours(1)));
    while (true) {
      List<Lease> leases = session.claim(100);
      for (Lease lease : leases) {
        if (lease.task().toString().equals(task)) {
          return lease;
        }
      }
      if (leases.isEmpty()) {
        throw new AssertionError("Task " + task + " cannot be claimed");
      }
    }
  }

  void end(Lease lease, Outcome outcome) {
    if (!part(Leases.class).end(lease, outcome)) {
      throw new AssertionError("The lease is lost");
    }
    part(Signals.class).changed(lease.task());
  }

  /// What came back.
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    JsonNode json() {
      return JSON.readTree(body());
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /// The stable code of a problem; fails for anything that is none.
    String problem() {
      if (!header("Content-Type").startsWith("application/problem+json")) {
        throw new AssertionError("No problem but " + header("Content-Type") + ": " + body());
      }
      if (json().path("status").asInt() != status()) {
        throw new AssertionError("The status differs: " + body());
      }
      return json().path("code").asString();
    }

    /// Where the problem's errors point.
    List<String> pointers() {
      return json().path("errors").valueStream().map(e -> e.path("pointer").asString()).toList();
    }
  }
}
