package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.errand.engine.lease.Outcome;
import dev.errand.server.TestServer.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What happens to all of one's tasks.
class OwnEventsTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_stream_tells_what_happens_from_now_on_and_goes_on_where_it_was() throws IOException {
    String before = server.submit();
    List<String> seen = new ArrayList<>();
    String last;
    await().until(() -> page("").valueStream().anyMatch(event -> of(event).startsWith(before)));
    try (BufferedReader lines = follow(null)) {
      String first = server.submit();
      seen.add(next(lines, "queued", first));
      server.end(server.claim(first), new Outcome.Completed("{}"));
      seen.add(next(lines, "started", before, first));
      last = seen.getLast();
    }
    String missed = server.submit();
    try (BufferedReader lines = follow(last)) {
      List<String> rest = new ArrayList<>();
      while (rest.stream().noneMatch(id -> id.contains(missed))) {
        rest.add(next(lines, ".*"));
      }
      assertThat(rest).doesNotContainAnyElementsOf(seen).doesNotHaveDuplicates();
    }
  }

  @Test
  void pages_lead_through_everything_once() {
    List<String> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tasks.add(server.submit());
    }
    String last = tasks.getLast();
    server.end(server.claim(last), new Outcome.Completed("{}"));
    await()
        .until(
            () -> page("").valueStream().anyMatch(event -> of(event).equals(last + " completed")));

    JsonNode all = page("");

    assertThat(all.valueStream().filter(event -> of(event).startsWith(last)).map(OwnEventsTest::of))
        .containsExactly(last + " queued", last + " started", last + " completed");
    String middle = all.get(all.size() / 2).path("id").asString();
    JsonNode rest = page("?after=" + middle);
    assertThat(rest.valueStream().toList())
        .isEqualTo(all.valueStream().skip(all.size() / 2 + 1L).limit(rest.size()).toList());
    assertThat(rest.get(0).propertyNames())
        .containsExactly("id", "task_id", "number", "type", "at", "data");
  }

  @Test
  void a_place_is_one_that_was_told() {
    for (String bad : List.of("?after=7", "?since=yesterday", "?since=1960-01-01T00:00:00Z")) {
      assertThat(server.get("/events" + bad).problem()).isEqualTo("bad_request");
    }
    assertThat(server.send(server.anonymous("/events")).status()).isEqualTo(401);
  }

  private static JsonNode page(String query) {
    Answer answer =
        server.send(server.request("/events" + query).header("Accept", "application/json"));
    return answer.json().path("events");
  }

  private static String of(JsonNode event) {
    return event.path("task_id").asString() + " " + event.path("type").asString();
  }

  private static BufferedReader follow(@Nullable String last) {
    HttpRequest.Builder request = server.request("/events");
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<InputStream> response = server.send(request, BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /// The id of the next event, which must be of this type and of one of these tasks.
  private static String next(BufferedReader lines, String type, String... tasks)
      throws IOException {
    String id = line(lines);
    while (!id.startsWith("id: ")) {
      id = line(lines);
    }
    assertThat(line(lines)).matches("event: " + type);
    String data = line(lines);
    if (tasks.length > 0) {
      assertThat(List.of(tasks))
          .contains(TestServer.JSON.readTree(data.substring(6)).path("task_id").asString());
    }
    return id.substring(4);
  }

  private static String line(BufferedReader lines) throws IOException {
    return Objects.requireNonNull(lines.readLine(), "The stream has ended");
  }
}
