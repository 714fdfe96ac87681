package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.signal.Signals;
import dev.errand.server.TestServer.Answer;
import dev.errand.server.event.LiveStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

class EventsTest {
  private final TestServer server = TestServer.shared();

  @Test
  void an_ended_task_is_told_from_the_beginning_to_its_end() {
    String task = ended();

    Answer answer = server.get("/tasks/" + task + "/events");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
    assertThat(frames(answer.body()))
        .extracting(frame -> frame.id() + " " + frame.event())
        .containsExactly("1 queued", "2 started", "3 progress", "4 completed");
    JsonNode progress = TestServer.JSON.readTree(frames(answer.body()).get(2).data());
    assertThat(progress.path("message").asString()).isEqualTo("halb fertig: ½ 🌍");
    assertThat(progress.has("at")).isTrue();
  }

  @Test
  void whoever_comes_while_the_server_stops_is_told_to_come_back() {
    try (TestServer stopping = TestServer.start(Map.of())) {
      String task = stopping.submit();
      stopping.part(LiveStreams.class).stop();

      for (String path : List.of("/events", "/log?follow=true")) {
        Answer answer = stopping.get("/tasks/" + task + path);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OneFollower {
    @Bean
    @Primary
    LiveStreams onlyOne() {
      return new LiveStreams(Duration.ofSeconds(10), 1);
    }
  }

  @Test
  void a_follower_too_many_is_refused_by_whatever_way_it_comes_until_another_one_leaves()
      throws Exception {
    try (TestServer small = TestServer.start(Map.of(), TestTypes.class, OneFollower.class)) {
      String task = "/tasks/" + small.submit();
      InputStream first =
          small.send(small.request(task + "/events"), BodyHandlers.ofInputStream()).body();
      assertThat(first.read()).isEqualTo('i');

      for (String path : List.of(task + "/events", task + "/log?follow=true", "/events")) {
        Answer refused = small.get(path);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("too_many_followers");
        assertThat(refused.header("Retry-After")).isEqualTo("10");
      }
      assertThatThrownBy(() -> Follower.of(small, task + "/live"))
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(503));
      assertThat(
              small
                  .send(small.request(task + "/events").header("Accept", "application/json"))
                  .status())
          .isEqualTo(200);

      first.close();
      await().until(() -> small.part(LiveStreams.class).open() == 0);
      assertThat(Follower.of(small, task + "/live").next().path("id").asInt()).isEqualTo(1);
    }
  }

  @Test
  void whoever_comes_back_is_told_the_rest() {
    String task = ended();

    Answer byHeader =
        server.send(server.request("/tasks/" + task + "/events").header("Last-Event-ID", "2"));
    Answer byParameter = server.get("/tasks/" + task + "/events?after=2");

    assertThat(frames(byHeader.body())).extracting(Frame::id).containsExactly("3", "4");
    assertThat(byParameter.body()).isEqualTo(byHeader.body());
  }

  @Test
  void whoever_knows_the_end_of_an_ended_task_is_told_not_to_come_back() {
    String task = ended();

    assertThat(server.get("/tasks/" + task + "/events?after=4").status()).isEqualTo(204);
    assertThat(server.get("/tasks/" + task + "/events?after=99").status()).isEqualTo(204);
  }

  @Test
  void the_number_of_an_event_is_a_number() {
    String task = server.submit();

    for (String bad : List.of("x", "-1", "1e3", "9".repeat(30))) {
      assertThat(server.get("/tasks/" + task + "/events?after=" + bad).problem())
          .isEqualTo("bad_request");
    }
  }

  @Test
  void a_running_task_is_followed_live_until_it_ends() throws IOException {
    String task = server.submit();
    HttpRequest.Builder request = server.request("/tasks/" + task + "/events");
    HttpResponse<java.io.InputStream> response = server.send(request, BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(next(lines)).extracting(Frame::event).isEqualTo("queued");

      Lease lease = server.claim(task);
      server.part(Signals.class).changed(lease.task());
      assertThat(next(lines)).extracting(Frame::event).isEqualTo("started");

      server.end(lease, new Outcome.Completed("{}"));
      assertThat(next(lines)).extracting(Frame::event).isEqualTo("completed");
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void only_the_head_of_a_stream_can_be_asked_for() {
    String task = server.submit();

    assertThat(server.send(server.request("/tasks/" + task + "/events").HEAD()).status())
        .isEqualTo(200);
    assertThat(server.send(server.request("/tasks/" + task + "/log?follow=true").HEAD()).status())
        .isEqualTo(200);
  }

  @Test
  void those_who_ask_for_json_get_a_page() {
    String task = ended();

    JsonNode page =
        server
            .send(
                server
                    .request("/tasks/" + task + "/events?after=2")
                    .header("Accept", "application/json"))
            .json();

    assertThat(page.path("next_cursor").isNull()).isTrue();
    assertThat(page.path("events")).hasSize(2);
    assertThat(page.at("/events/0").propertyNames()).containsExactly("id", "type", "at", "data");
    assertThat(page.at("/events/0/id").asInt()).isEqualTo(3);
    assertThat(page.at("/events/0/data/percent").asInt()).isEqualTo(50);
  }

  @Test
  void a_server_that_stops_ends_its_streams_in_good_order() throws IOException {
    TestServer stopping = TestServer.start(Map.of());
    String task = stopping.submit();
    HttpRequest.Builder request = stopping.request("/tasks/" + task + "/events");
    HttpResponse<java.io.InputStream> response =
        stopping.send(request, BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(next(lines)).extracting(Frame::event).isEqualTo("queued");

      stopping.close();

      // A connection that was cut would throw.
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void a_log_is_text_or_json_lines() {
    String task = server.submit();
    Lease lease = server.claim(task);
    server
        .part(Leases.class)
        .log(
            lease,
            List.of(
                new dev.errand.engine.lease.LogLine(
                    java.time.Instant.parse("2026-11-21T10:00:00Z"),
                    dev.errand.engine.lease.LogLine.Level.WARN,
                    "größer 🌍")));
    server.end(lease, new Outcome.Completed("{}"));

    Answer text = server.get("/tasks/" + task + "/log");
    Answer lines =
        server.send(
            server.request("/tasks/" + task + "/log").header("Accept", "application/x-ndjson"));

    assertThat(text.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
    assertThat(text.body()).isEqualTo("2026-11-21T10:00:00Z WARN  größer 🌍\n");
    assertThat(lines.header("Content-Type")).isEqualTo("application/x-ndjson;charset=UTF-8");
    assertThat(lines.body())
        .isEqualTo(
            "{\"number\":1,\"at\":\"2026-11-21T10:00:00Z\",\"level\":\"warn\",\"text\":\"größer 🌍\"}\n");
    assertThat(server.get("/tasks/" + task + "/log?follow=true").body()).isEqualTo(text.body());
    assertThat(server.get("/tasks/" + task + "/log?follow=maybe").problem())
        .isEqualTo("bad_request");
  }

  private String ended() {
    String task = server.submit();
    Lease lease = server.claim(task);
    server
        .part(Leases.class)
        .append(lease, List.of(new NewEvent.Progress(50, "halb fertig: ½ 🌍")));
    server.end(lease, new Outcome.Completed("{}"));
    return task;
  }

  private record Frame(String id, String event, String data) {
    static Frame of(String text) {
      String[] lines = text.split("\n", -1);
      return new Frame(
          value(lines[0], "id: "), value(lines[1], "event: "), value(lines[2], "data: "));
    }

    private static String value(String line, String field) {
      assertThat(line).startsWith(field);
      return line.substring(field.length());
    }
  }

  private static List<Frame> frames(String body) {
    return java.util.Arrays.stream(body.split("\n\n")).map(Frame::of).toList();
  }

  private static Frame next(BufferedReader lines) throws IOException {
    StringBuilder frame = new StringBuilder();
    for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      frame.append(line).append('\n');
    }
    return Frame.of(frame.toString());
  }
}
