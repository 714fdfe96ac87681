package dev.errand.chaos;

import dev.errand.chaos.Node.Door;
import dev.errand.chaos.audit.Ledger;
import dev.errand.chaos.audit.Ledger.Order;
import dev.errand.server.json.WireJson;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Callers that submit all the time. Whoever hears nothing, or that it is not possible now, asks
/// again with the same key, perhaps at another node. Some change their minds.
final class Load {
  private static final int CALLERS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int PAUSE_MILLIS = 100;
  private static final JsonMapper JSON = WireJson.mapper(1_000_000);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Deployment deployment;
  private final Ledger ledger;
  private final Followers followers;
  private final int rate;
  private final long seed;
  private final AtomicInteger number = new AtomicInteger();
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean enough;

  Load(Deployment deployment, Ledger ledger, Followers followers, Plan plan) {
    this.deployment = deployment;
    this.ledger = ledger;
    this.followers = followers;
    this.rate = plan.rate();
    this.seed = plan.seed();
  }

  void start() {
    for (int i = 0; i < CALLERS; i++) {
      Random random = new Random(seed * 31 + i);
      callers.add(Thread.ofVirtual().start(() -> call(random)));
    }
  }

  /// No new orders; those that were begun go on until they are answered.
  void enough() {
    enough = true;
  }

  /// Whether every caller has heard an answer to everything.
  boolean answered() {
    return callers.stream().noneMatch(Thread::isAlive);
  }

  void stop() {
    callers.forEach(Thread::interrupt);
  }

  private void call(Random random) {
    try {
      while (!enough) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(2 * 1_000 * CALLERS / rate + 1));
        Order order = new Order("order-" + number.incrementAndGet(), body(random));
        ledger.ordered(order);
        UUID task = submit(order, random);
        if (random.nextInt(8) == 0) {
          followers.follow(task);
        }
        if (random.nextInt(20) == 0) {
          // As somebody whose own record of the answer was lost.
          submit(order, random);
        }
        if (random.nextInt(16) == 0) {
          changeMind(task, random);
        }
      }
    } catch (InterruptedException _) {
      // The run ends.
    }
  }

  /// Half of all are over at once; of the others most are quick, and some take so long that a fault
  /// will hit them.
  private static String body(RandomGenerator random) {
    if (random.nextBoolean()) {
      return "{\"type\":\"hop\",\"params\":{\"to\":\"here\"}}";
    }
    int slowest = List.of(20, 150, 500, 2_000).get(random.nextInt(4));
    String steps =
        IntStream.range(0, 2 + random.nextInt(4))
            .mapToObj(_ -> String.valueOf(1 + random.nextInt(slowest)))
            .collect(Collectors.joining(","));
    return "{\"type\":\"walk\",\"params\":{\"steps\":[%s],\"stubborn\":%s,\"stumbles\":%s}}"
        .formatted(steps, random.nextInt(4) == 0, random.nextInt(10) == 0);
  }

  private UUID submit(Order order, Random random) throws InterruptedException {
    while (true) {
      Optional<Answer> answer = post("/tasks", order.body(), order.key(), random);
      if (answer.isPresent() && answer.get().status() == 202) {
        UUID task = UUID.fromString(answer.get().json().path("id").asString());
        ledger.promised(order, task);
        return task;
      }
      answer.ifPresent(other -> ledger.refused(other.status()));
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /// Cancels, and sometimes wants to have it after all.
  private void changeMind(UUID task, Random random) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
    ledger.cancelling(task);
    Optional<Answer> cancelled = post("/tasks/%s/cancel".formatted(task), "", "", random);
    boolean done = cancelled.map(Answer::cancelled).orElse(false);
    if (done) {
      ledger.toldCancelled(task);
    }
    if (random.nextInt(2) == 0) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
      ledger.retrying(task);
      post("/tasks/%s/retry".formatted(task), "", "", random);
    }
  }

  /// @param json what it says
  private record Answer(int status, JsonNode json) {
    boolean cancelled() {
      return status == 200 && json.path("status").asString().equals("cancelled");
    }
  }

  /// Empty when there is no answer.
  private Optional<Answer> post(String path, String body, String key, Random random)
      throws InterruptedException {
    try {
      Optional<Door> door = Deployment.any(deployment.fronts(), random).door();
      if (door.isEmpty()) {
        return Optional.empty();
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(door.get().to(path))
              .header("Authorization", door.get().authorization())
              .header("Content-Type", "application/json")
              .timeout(PATIENCE)
              .POST(BodyPublishers.ofString(body));
      if (!key.isEmpty()) {
        request.header("Idempotency-Key", key);
      }
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      return Optional.of(new Answer(answer.statusCode(), JSON.readTree(answer.body())));
    } catch (IOException | JacksonException _) {
      return Optional.empty();
    }
  }
}
