package dev.errand.client;

import static dev.errand.client.Said.ID;
import static dev.errand.client.Said.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.testkit.loopback.LoopbackServer;
import dev.errand.testkit.loopback.LoopbackServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final String EVENTS = "GET /tasks/" + ID + "/events";
  private static final String TASK = "GET /tasks/" + ID;

  private final LoopbackServer server = LoopbackServer.start();
  private final FastTime time = new FastTime();
  private final List<Duration> pauses = time.pauses;
  private final List<String> heard = new ArrayList<>();
  private final ErrandClient client =
      new ErrandClient(new Http(URI.create(server.url()), null), time);

  @AfterEach
  void stop() {
    server.close();
  }

  private Task watch() {
    return client.watch(
        ID,
        0,
        new FollowListener() {
          @Override
          public void event(Event event) {
            heard.add(event.number() + " " + event.type());
          }

          @Override
          public void waiting(Duration delay, RuntimeException trouble) {
            heard.add("waiting " + delay.toSeconds());
          }
        });
  }

  @Test
  void a_stream_is_read_to_its_end() {
    server
        .on(
            EVENTS,
            Reply.events(
                ": hello\r\n\r\n"
                    + event(1, "queued", "{}")
                    + "id:2\r\nevent:progress\r\ndata:{\"percent\":\r\ndata: 7}\r\n\r\n"
                    + event(3, "completed", "{}")
                    + "id: 4\nevent: cut\ndata: {"))
        .on(TASK, Reply.json(200, Said.task("completed")));

    assertThat(watch().completed()).isTrue();
    assertThat(heard).containsExactly("1 queued", "2 progress", "3 completed");
    assertThat(server.requests().getFirst().header("Last-Event-ID")).isNull();
    assertThat(pauses).isEmpty();
  }

  @Test
  void an_event_has_its_time_beside_its_data_however_it_came() {
    String at = "2026-01-01T00:00:00Z";
    server
        .on(EVENTS, Reply.events(event(1, "completed", "{\"at\":\"" + at + "\",\"n\":1}")))
        .on(TASK, Reply.json(200, Said.task("completed")));
    client.watch(ID, 0, event -> heard.add(Json.line(event.json())));

    assertThat(heard)
        .containsExactly(
            "{\"id\":1,\"type\":\"completed\",\"at\":\"" + at + "\",\"data\":{\"n\":1}}");
  }

  @Test
  void a_cut_stream_is_taken_up_after_the_last_event_and_none_comes_twice() {
    server
        .on(
            EVENTS,
            Reply.cut("text/event-stream", event(1, "queued", "{}") + event(2, "started", "{}")),
            Reply.events(event(2, "started", "{}") + event(3, "failed", "{}")))
        .on(TASK, Reply.json(200, Said.task("failed")));

    assertThat(watch().status()).isEqualTo("failed");
    assertThat(heard).containsExactly("1 queued", "2 started", "3 failed");
    assertThat(server.latest(EVENTS).header("Last-Event-ID")).isEqualTo("2");
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void the_end_of_an_earlier_life_is_not_the_end_of_a_task_that_was_retried() {
    server
        .on(
            EVENTS,
            Reply.events(event(1, "queued", "{}") + event(2, "failed", "{}")),
            Reply.events(event(3, "queued", "{}") + event(4, "completed", "{}")))
        .on(TASK, Reply.json(200, Said.task("queued")), Reply.json(200, Said.task("completed")));

    assertThat(watch().completed()).isTrue();
    assertThat(heard).containsExactly("1 queued", "2 failed", "3 queued", "4 completed");
  }

  @Test
  void where_nothing_streams_events_are_asked_for_page_by_page() {
    String one = "{\"id\":1,\"type\":\"queued\",\"at\":\"2026-01-01T00:00:00Z\",\"data\":{}}";
    String two = "{\"id\":2,\"type\":\"completed\",\"data\":{}}";
    Reply nothing = Reply.json(200, "{\"events\":[]}");
    server
        .on(
            EVENTS,
            nothing,
            Reply.json(200, "{\"events\":[" + one + "]}"),
            nothing,
            Reply.json(200, "{\"events\":[" + one + "," + two + "]}"),
            nothing)
        .on(TASK, Reply.json(200, Said.task("running")), Reply.json(200, Said.task("completed")));

    watch();

    assertThat(heard).containsExactly("1 queued", "2 completed");
    assertThat(server.requests().get(2).header("Accept")).isEqualTo("application/json");
  }

  @Test
  void a_server_that_restarts_is_waited_for_ever_longer_but_never_longer_than_half_a_minute() {
    Reply busy = Reply.problem(503, "{\"code\":\"unavailable\",\"detail\":\"starting\"}");
    server
        .on(
            EVENTS,
            busy,
            busy,
            busy,
            busy,
            busy,
            busy,
            busy,
            busy,
            busy,
            busy,
            Reply.events(event(1, "completed", "{}")))
        .on(TASK, Reply.json(200, Said.task("completed")));

    watch();

    assertThat(pauses)
        .extracting(Duration::toMillis)
        .containsExactly(
            1_000L, 1_500L, 2_250L, 3_375L, 5_062L, 7_593L, 11_390L, 17_085L, 25_628L, 30_000L);
    assertThat(heard).hasSize(11).startsWith("waiting 1", "waiting 1", "waiting 2");
  }

  @Test
  void a_server_that_stays_away_is_given_up_after_three_minutes() {
    server.close();

    assertThatThrownBy(this::watch).isInstanceOf(Unreachable.class);
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofMinutes(3), Duration.ofSeconds(210));
  }

  @Test
  void time_that_a_silent_server_takes_counts_as_silence_too() {
    Following following = new Following(time, (_, _) -> {});

    assertThatThrownBy(() ->
            following.follow(_ -> {
              time.pass(Duration.ofSeconds(30));
              throw new Unreachable("nobody", new IOException());
            }))
        .isInstanceOf(Unreachable.class);
    assertThat(time.passed()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
  }

  @Test
  void silence_begins_when_an_answer_ends() {
    Following following = new Following(time, (_, _) -> {});

    assertThatThrownBy(() ->
            following.follow(answered -> {
              if (pauses.isEmpty()) {
                time.pass(Duration.ofHours(1));
                answered.run();
              }
              throw new Unreachable("nobody", new IOException());
            }))
        .isInstanceOf(Unreachable.class);
    assertThat(time.passed()).isBetween(Duration.ofMinutes(63), Duration.ofMinutes(64));
  }

  @Test
  void a_task_that_is_not_there_is_not_waited_for() {
    server.on(EVENTS, Reply.problem(404, "{\"code\":\"task_not_found\",\"detail\":\"no\"}"));

    assertThatThrownBy(this::watch).isInstanceOf(Refused.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void a_task_whose_events_are_gone_still_ends() {
    server.on(EVENTS, Reply.events("")).on(TASK, Reply.json(200, Said.task("completed")));

    assertThat(watch().completed()).isTrue();
  }

  @Test
  void garbage_in_the_stream_counts_as_a_cut() {
    server
        .on(
            EVENTS,
            Reply.events(event(1, "queued", "{}") + "id: x\ndata: {}\n\n"),
            Reply.events(event(2, "progress", "{broken")),
            Reply.events(event(2, "completed", "{}")))
        .on(TASK, Reply.json(200, Said.task("running")), Reply.json(200, Said.task("completed")));

    watch();

    assertThat(heard).containsExactly("1 queued", "2 completed");
  }

  @Test
  void a_log_is_followed_over_a_cut_and_no_line_comes_twice() {
    String one = "{\"number\":1,\"level\":\"info\",\"text\":\"one\"}\n";
    String two = "{\"number\":2,\"level\":\"warn\",\"text\":\"two\"}\n";
    server
        .on(
            "GET /tasks/" + ID + "/log?follow=true",
            Reply.cut("application/x-ndjson", one + "{\"number\":2,\"te"),
            Reply.bytes(200, "application/x-ndjson", one + "\n" + two))
        .on(TASK, Reply.json(200, Said.task("running")), Reply.json(200, Said.task("completed")));

    client.log(ID, true, line -> heard.add(line.number() + " " + line.text()));

    assertThat(heard).containsExactly("1 one", "2 two");
  }

  @Test
  void a_log_that_is_not_followed_is_read_once() {
    server.on(
        "GET /tasks/" + ID + "/log",
        Reply.bytes(200, "application/x-ndjson", "{\"number\":1,\"text\":\"one\"}\n"));

    client.log(ID, false, line -> heard.add(line.text()));

    assertThat(heard).containsExactly("one");
    assertThat(server.requests()).hasSize(1);
  }

  /// Passes at once, and remembers the pauses.
  private static final class FastTime implements Following.Time {
    final List<Duration> pauses = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    void pass(Duration length) {
      passed = passed.plus(length);
    }

    @Override
    public void pause(Duration length) {
      pauses.add(length);
      pass(length);
    }

    @Override
    public Duration passed() {
      return passed;
    }
  }
}
