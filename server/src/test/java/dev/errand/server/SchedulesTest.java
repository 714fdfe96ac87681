package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.schedule.Firing;
import dev.errand.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SchedulesTest {
  private static final String NIGHTLY =
      """
      {"name": "Nightly", "cron": "30 2 * * *", "time_zone": "Europe/Berlin", "type": "say",
       "params": {"msg": "Grüße"}, "priority": "low", "timeout_seconds": 60, "max_retries": 1,
       "queue": "night", "tags": ["a"], "overlap": "queue", "misfire": "skip"}
      """;

  private final TestServer server = TestServer.shared();

  @Test
  void a_new_schedule_is_answered_with_201_and_everything_that_is_known_of_it() {
    Answer answer = server.post("/schedules", NIGHTLY);

    assertThat(answer.status()).isEqualTo(201);
    JsonNode schedule = answer.json();
    assertThat(answer.header("Location")).isEqualTo("/schedules/" + schedule.path("id").asString());
    assertThat(schedule.propertyNames())
        .containsExactly(
            "id",
            "name",
            "cron",
            "time_zone",
            "overlap",
            "misfire",
            "paused",
            "type",
            "params",
            "queue",
            "priority",
            "timeout_seconds",
            "max_retries",
            "tags",
            "callback_url",
            "owner",
            "next_runs",
            "last_run",
            "created_at",
            "updated_at",
            "links");
    assertThat(schedule.path("overlap").asString()).isEqualTo("queue");
    assertThat(schedule.at("/params/msg").asString()).isEqualTo("Grüße");
    assertThat(schedule.path("owner").asString()).isEqualTo("admin");
    assertThat(schedule.path("last_run").isNull()).isTrue();
    List<Instant> next =
        schedule.path("next_runs").valueStream().map(one -> Instant.parse(one.asString())).toList();
    assertThat(next).hasSize(5).isSorted();
    assertThat(next.getFirst()).isBetween(Instant.now(), Instant.now().plus(Duration.ofHours(26)));
    assertThat(server.get(answer.header("Location")).json()).isEqualTo(schedule);
  }

  @Test
  void what_is_not_said_has_a_default() {
    JsonNode schedule = created("{\"cron\":\"@daily\",\"type\":\"say\",\"params\":{}}");

    assertThat(schedule.path("name").asString()).isEqualTo("say");
    assertThat(schedule.path("time_zone").asString()).isEqualTo("UTC");
    assertThat(schedule.path("overlap").asString()).isEqualTo("skip");
    assertThat(schedule.path("misfire").asString()).isEqualTo("once");
    assertThat(schedule.path("paused").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "cron": "0 0 30 2 *"                              | /cron            | never comes
          "cron": "61 * * * *"                              | /cron            | use 0 to 59
          "cron": "* * *"                                   | /cron            | must have 5 fields
          "cron": ""                                        | /cron            | must have 5 fields
          "cron": 5                                         | /cron            | must be a string
          "cron": null                                      | /cron            | is missing
          "cron": "@daily", "time_zone": "Europe/Atlantis"  | /time_zone       | Europe/Berlin
          "cron": "@daily", "overlap": "maybe"              | /overlap         | skip, queue, allow
          "cron": "@daily", "misfire": "all"                | /misfire         | skip, once
          "cron": "@daily", "paused": "no"                  | /paused          | true or false
          "cron": "@daily", "name": " "                     | /name            | printable
          "cron": "@daily", "delay_seconds": 5              | /delay_seconds   | known are name
          "cron": "@daily", "run_at": "2030-01-01T00:00:00Z" | /run_at         | known are name
          "cron": "@daily", "when": 1                       | /when            | known are name
          "cron": "@daily", "priority": "urgent"            | /priority        | high, normal, low
          "cron": "@daily", "params": {"msg": "no"}         | /params/msg      | must not be
          "cron": "@daily", "type": "dance"                 | /type            | must be one of
          """)
  void what_is_wrong_is_pointed_at_with_what_to_do(String fields, String pointer, String advice) {
    String body = "{\"type\": \"say\", \"params\": {}, " + fields + "}";
    Answer answer = server.post("/schedules", withoutDoubles(body));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("invalid_schedule");
    assertThat(answer.pointers()).containsExactly(pointer);
    assertThat(answer.json().path("detail").asString()).contains(advice);
  }

  /// A field that a row gives replaces the one that all rows have.
  private static String withoutDoubles(String body) {
    String shorter = body;
    if (body.lastIndexOf("\"params\"") != body.indexOf("\"params\"")) {
      shorter = shorter.replaceFirst("\"params\": \\{}, ", "");
    }
    if (body.lastIndexOf("\"type\"") != body.indexOf("\"type\"")) {
      shorter = shorter.replaceFirst("\"type\": \"say\", ", "");
    }
    return shorter;
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    Answer answer =
        server.post(
            "/schedules",
            "{\"cron\":\"x\",\"time_zone\":\"y\",\"overlap\":\"z\",\"queue\":\"a b\"}");

    assertThat(answer.pointers())
        .containsExactlyInAnyOrder("/cron", "/time_zone", "/overlap", "/type", "/params", "/queue");
  }

  @Test
  void a_due_moment_becomes_a_task_that_its_run_leads_to() {
    JsonNode schedule = created("{\"cron\":\"* * * * * *\",\"type\":\"say\",\"params\":{}}");
    String self = schedule.at("/links/self").asString();

    JsonNode run = firstRun(self);
    server.post(self + "/pause", "{}");

    assertThat(run.path("status").asString()).isEqualTo("submitted");
    assertThat(run.path("triggered").asBoolean()).isFalse();
    Instant dueAt = Instant.parse(run.path("due_at").asString());
    assertThat(dueAt).isEqualTo(dueAt.truncatedTo(ChronoUnit.SECONDS));
    JsonNode task = server.get(run.at("/links/task").asString()).json();
    assertThat(task.path("id")).isEqualTo(run.path("task_id"));
    assertThat(task.path("type").asString()).isEqualTo("say");
    assertThat(server.get(self).json().path("last_run").isNull()).isFalse();
  }

  private JsonNode firstRun(String schedule) {
    Firing firing = server.part(Firing.class);
    long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < patience) {
      firing.fire();
      JsonNode runs = server.get(schedule + "/runs").json().path("runs");
      if (!runs.isEmpty()) {
        return runs.get(runs.size() - 1);
      }
    }
    throw new AssertionError("It does not fire");
  }

  @Test
  void a_schedule_is_paused_and_resumed() {
    String self = created(NIGHTLY).at("/links/self").asString();

    JsonNode paused = server.post(self + "/pause", "{}").json();
    assertThat(paused.path("paused").asBoolean()).isTrue();
    assertThat(paused.path("next_runs")).isEmpty();
    assertThat(paused.path("links").has("resume")).isTrue();
    assertThat(server.get(self).json()).isEqualTo(paused);

    JsonNode resumed = server.post(self + "/resume", "{}").json();
    assertThat(resumed.path("paused").asBoolean()).isFalse();
    assertThat(resumed.path("next_runs")).hasSize(5);
    assertThat(resumed.path("links").has("pause")).isTrue();
  }

  @Test
  void a_triggered_schedule_answers_with_its_run_and_leads_to_the_task() {
    String self = created(NIGHTLY).at("/links/self").asString();

    Answer answer = server.post(self + "/trigger", "{}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("triggered").asBoolean()).isTrue();
    assertThat(answer.json().path("status").asString()).isEqualTo("submitted");
    JsonNode task = server.get(answer.header("Location")).json();
    assertThat(task.path("queue").asString()).isEqualTo("night");
    assertThat(task.path("priority").asString()).isEqualTo("low");
    assertThat(server.get(self).json().path("last_run")).isEqualTo(answer.json());
  }

  @Test
  void runs_come_page_by_page() {
    String self = created(NIGHTLY).at("/links/self").asString();
    for (int i = 0; i < 3; i++) {
      server.post(self + "/trigger", "{}");
    }

    JsonNode first = server.get(self + "/runs?limit=2").json();
    JsonNode second =
        server.get(self + "/runs?limit=2&cursor=" + first.path("next_cursor").asString()).json();

    assertThat(first.path("runs")).hasSize(2);
    assertThat(second.path("runs")).hasSize(1);
    assertThat(second.path("next_cursor").isNull()).isTrue();
    assertThat(second.at("/runs/0")).isNotIn(first.at("/runs/0"), first.at("/runs/1"));
  }

  @Test
  void schedules_are_listed_newest_first_and_page_by_page() {
    String older = created(NIGHTLY).path("id").asString();
    String newer = created(NIGHTLY).path("id").asString();

    JsonNode first = server.get("/schedules?limit=1").json();
    JsonNode second =
        server.get("/schedules?limit=1&cursor=" + first.path("next_cursor").asString()).json();

    assertThat(first.at("/schedules/0/id").asString()).isEqualTo(newer);
    assertThat(second.at("/schedules/0/id").asString()).isEqualTo(older);
    assertThat(server.get("/schedules?owner=nobody").json().path("schedules")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "cursor=x", "cursor=!", "page=2"})
  void a_list_refuses_what_it_does_not_know(String query) {
    String self = created(NIGHTLY).at("/links/self").asString();

    assertThat(server.get("/schedules?" + query).problem()).isEqualTo("bad_request");
    assertThat(server.get(self + "/runs?" + query).problem()).isEqualTo("bad_request");
  }

  @Test
  void a_schedule_is_replaced_as_a_whole_or_changed_in_part() {
    String self = created(NIGHTLY).at("/links/self").asString();

    JsonNode changed =
        send("PATCH", self, "{\"cron\":\"0 5 * * *\",\"name\":null,\"paused\":true}").json();
    assertThat(changed.path("cron").asString()).isEqualTo("0 5 * * *");
    assertThat(changed.path("name").asString()).isEqualTo("say");
    assertThat(changed.path("paused").asBoolean()).isTrue();
    assertThat(changed.path("overlap").asString()).isEqualTo("queue");
    assertThat(changed.at("/params/msg").asString()).isEqualTo("Grüße");

    JsonNode replaced =
        send("PUT", self, "{\"cron\":\"@hourly\",\"type\":\"say\",\"params\":{}}").json();
    assertThat(replaced.path("overlap").asString()).isEqualTo("skip");
    assertThat(replaced.path("params")).isEmpty();
    assertThat(replaced.path("paused").asBoolean()).isTrue();
    assertThat(send("PATCH", self, "{\"cron\":\"0 0 30 2 *\"}").status()).isEqualTo(422);
    assertThat(server.get(self).json()).isEqualTo(replaced);
  }

  @Test
  void a_deleted_schedule_is_gone_and_its_tasks_stay() {
    String self = created(NIGHTLY).at("/links/self").asString();
    String task = server.post(self + "/trigger", "{}").header("Location");

    assertThat(server.send(server.request(self).DELETE()).status()).isEqualTo(204);

    assertThat(server.send(server.request(self).DELETE()).status()).isEqualTo(404);
    assertThat(server.get(self + "/runs").status()).isEqualTo(404);
    assertThat(server.get(task).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0199c2a4-5d6e-7f00-8000-000000000000"})
  void a_schedule_that_nobody_made_is_not_found(String id) {
    assertThat(server.get("/schedules/" + id).problem()).isEqualTo("not_found");
    assertThat(server.post("/schedules/" + id + "/trigger", "{}").problem()).isEqualTo("not_found");
    assertThat(send("PUT", "/schedules/" + id, NIGHTLY).problem()).isEqualTo("not_found");
    assertThat(send("PATCH", "/schedules/" + id, "{}").problem()).isEqualTo("not_found");
  }

  private JsonNode created(String json) {
    Answer answer = server.post("/schedules", json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private Answer send(String method, String path, String json) {
    return server.send(
        server
            .request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }
}
