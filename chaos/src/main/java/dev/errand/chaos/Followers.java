package dev.errand.chaos;

import dev.errand.chaos.Node.Door;
import dev.errand.chaos.audit.Finding;
import dev.errand.chaos.audit.Finding.Kind;
import dev.errand.chaos.audit.TaskRecord;
import dev.errand.chaos.audit.TaskRecord.EventRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Follow tasks live, each at any node, and at another one when the stream breaks off.
final class Followers {
  private static final int PAUSE_MILLIS = 200;
  private static final int NO_MORE = 204;

  /// A node that is stopped ends its streams in good order, too.
  private static final Set<String> ENDS =
      Set.of("event: completed", "event: failed", "event: cancelled");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Deployment deployment;

  /// What each heard: the numbers of events, in the order in which they came.
  private final Map<UUID, List<Integer>> heard = new ConcurrentHashMap<>();

  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  Followers(Deployment deployment) {
    this.deployment = deployment;
  }

  void follow(UUID task) {
    List<Integer> numbers = new CopyOnWriteArrayList<>();
    if (heard.putIfAbsent(task, numbers) == null) {
      threads.add(Thread.ofVirtual().start(() -> follow(task, numbers)));
    }
  }

  /// Whether everybody has heard how the task ended.
  boolean done() {
    return threads.stream().noneMatch(Thread::isAlive);
  }

  void stop() {
    threads.forEach(Thread::interrupt);
    client.shutdownNow();
  }

  private void follow(UUID task, List<Integer> numbers) {
    Random random = new Random(task.hashCode());
    try {
      while (!ended(task, numbers, random)) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException _) {
      // The run ends.
    }
  }

  /// Follows until the stream ends or breaks off.
  ///
  /// @return whether the task has ended
  private boolean ended(UUID task, List<Integer> numbers, Random random)
      throws InterruptedException {
    try {
      Optional<Door> door = Deployment.any(deployment.fronts(), random).door();
      if (door.isEmpty()) {
        return false;
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(door.get().to("/tasks/%s/events".formatted(task)))
              .header("Authorization", door.get().authorization())
              .header("Accept", "text/event-stream");
      if (!numbers.isEmpty()) {
        request.header("Last-Event-ID", String.valueOf(numbers.getLast()));
      }
      HttpResponse<Stream<String>> stream = client.send(request.build(), BodyHandlers.ofLines());
      boolean end = stream.statusCode() == NO_MORE;
      try (Stream<String> lines = stream.body()) {
        for (String line : (Iterable<String>) lines::iterator) {
          if (line.startsWith("id: ")) {
            numbers.add(Integer.valueOf(line.substring(4)));
          }
          end |= ENDS.contains(line);
        }
      }
      return end;
    } catch (IOException | UncheckedIOException _) {
      return false;
    }
  }

  int followed() {
    return heard.size();
  }

  /// Compares what followers heard with what is stored.
  List<Finding> findings(List<TaskRecord> records) {
    List<Finding> findings = new ArrayList<>();
    for (TaskRecord record : records) {
      List<Integer> numbers = heard.get(record.task().id());
      if (numbers != null && !complete(numbers, record.events())) {
        findings.add(
            new Finding(Kind.FOLLOWED_WRONG, "a follower heard " + numbers, Optional.of(record)));
      }
    }
    return findings;
  }

  /// A follower leaves at an end; what comes when the task is run again is for others.
  private static boolean complete(List<Integer> numbers, List<EventRow> events) {
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) != i + 1) {
        return false;
      }
    }
    return !numbers.isEmpty()
        && numbers.size() <= events.size()
        && events.get(numbers.size() - 1).end();
  }
}
