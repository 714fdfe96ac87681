package dev.errand.chaos.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.errand.chaos.node.Launcher;
import dev.errand.chaos.node.ServerProcess;
import dev.errand.server.json.WireJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server is killed between the ends of tasks and the moment when it would have told of them.
class WebhookKillTest {
  private static final JsonMapper JSON = WireJson.mapper(1_000_000);
  private static final int TASKS = 100;
  private static final int KILLS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
  private final Set<String> told = new HashSet<>();
  private final Map<String, String> taskOfMessage = new ConcurrentHashMap<>();
  private final Set<String> confused = Collections.synchronizedSet(new HashSet<>());

  @Test
  void every_end_is_told_however_often_the_server_is_killed(@TempDir Path folder) throws Exception {
    Launcher launcher = Launcher.in(folder, Duration.ofSeconds(2));
    Path data = Files.createDirectory(folder.resolve("data"));
    HttpServer receiver = receiver();
    try {
      Set<String> tasks = ConcurrentHashMap.newKeySet();
      for (int kill = 0; kill < KILLS; kill++) {
        ServerProcess server = start(launcher, data);
        String url = server.url().orElseThrow();
        if (kill == 0) {
          post(
              data,
              url + "/webhooks",
              "{\"url\": \"http://127.0.0.1:%d/\", \"events\": [\"task.completed\"]}"
                  .formatted(receiver.getAddress().getPort()));
        }
        JsonNode batch = post(data, url + "/tasks/batch", batch());
        batch.path("task_ids").valueStream().map(JsonNode::asString).forEach(tasks::add);
        awaitAnEnd(data, url + "/batches/" + batch.path("batch_id").asString());
        server.signal("KILL");
        server.awaitEnd();
      }
      try (ServerProcess server = start(launcher, data)) {
        server.awaitReady();
        awaitTold(tasks);
      }
      assertThat(told).containsExactlyInAnyOrderElementsOf(tasks);
      assertThat(confused).as("messages about more than one task").isEmpty();
      assertThat(taskOfMessage.values()).as("messages per task").doesNotHaveDuplicates();
    } finally {
      receiver.stop(0);
    }
  }

  private static ServerProcess start(Launcher launcher, Path data) throws IOException {
    return launcher.start("server", data, Map.of("FETCH_PRIVATE_ALLOWLIST", "127.0.0.1"));
  }

  private HttpServer receiver() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String message = exchange.getRequestHeaders().getFirst("webhook-id");
            String task = JSON.readTree(body).at("/data/task_id").asString();
            String before = taskOfMessage.putIfAbsent(message, task);
            if (before != null && !before.equals(task)) {
              confused.add(message);
            }
            news.add(task);
            exchange.sendResponseHeaders(204, -1);
          }
        });
    server.start();
    return server;
  }

  private static String batch() {
    return IntStream.range(0, TASKS)
        .mapToObj(i -> "{\"type\": \"hop\", \"params\": {\"to\": \"%d\"}}".formatted(i))
        .collect(Collectors.joining(",", "{\"tasks\": [", "]}"));
  }

  private JsonNode post(Path data, String url, String json)
      throws IOException, InterruptedException {
    return sent(data, url, HttpRequest.newBuilder().POST(BodyPublishers.ofString(json)));
  }

  private JsonNode sent(Path data, String url, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    String token = Files.readString(data.resolve("token")).strip();
    String answer =
        client
            .send(
                request
                    .uri(URI.create(url))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .build(),
                BodyHandlers.ofString())
            .body();
    return JSON.readTree(answer);
  }

  private void awaitAnEnd(Path data, String batch) throws IOException, InterruptedException {
    int completed = 0;
    while (completed == 0) {
      completed = sent(data, batch, HttpRequest.newBuilder().GET()).at("/counts/completed").asInt();
    }
  }

  private void awaitTold(Set<String> tasks) throws InterruptedException {
    while (!told.containsAll(tasks)) {
      String next = news.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(next).as("%d of %d told", told.size(), tasks.size()).isNotNull();
      told.add(String.valueOf(next));
    }
  }
}
