package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.server.TestServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {
  private final TestServer server = TestServer.shared();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"params": {}}                                            | /type
          {"type": "say"}                                           | /params
          {"type": null, "params": {}}                              | /type
          {"type": 7, "params": {}}                                 | /type
          {"type": "dance", "params": {}}                           | /type
          {"type": "say", "params": []}                             | /params
          {"type": "say", "params": "x"}                            | /params
          {"type": "say", "params": {}, "timeout_seconds": "9"}     | /timeout_seconds
          {"type": "say", "params": {}, "timeout_seconds": 0}       | /timeout_seconds
          {"type": "say", "params": {}, "timeout_seconds": -1}      | /timeout_seconds
          {"type": "say", "params": {}, "timeout_seconds": 1.5}     | /timeout_seconds
          {"type": "say", "params": {}, "timeout_seconds": 1e30}    | /timeout_seconds
          {"type": "say", "params": {}, "timeout_seconds": 99999999999999999999}  | /timeout_seconds
          {"type": "say", "params": {}, "max_retries": 101}         | /max_retries
          {"type": "say", "params": {}, "max_retries": 4294967296}  | /max_retries
          {"type": "say", "params": {}, "max_retries": true}        | /max_retries
          {"type": "say", "params": {}, "priority": "urgent"}       | /priority
          {"type": "say", "params": {}, "priority": 1}              | /priority
          {"type": "say", "params": {}, "delay_seconds": -5}        | /delay_seconds
          {"type": "say", "params": {}, "delay_seconds": 9223372036854775807}  | /delay_seconds
          {"type": "say", "params": {}, "run_at": "tomorrow"}       | /run_at
          {"type": "say", "params": {}, "run_at": "2030-01-01T00:00:00"}       | /run_at
          {"type": "say", "params": {}, "run_at": "+999999999-12-31T00:00:00Z"} | /run_at
          {"type": "say", "params": {}, "run_at": "2030-01-01T00:00:00Z", "delay_seconds": 1} | /run_at
          {"type": "say", "params": {}, "queue": "a b"}             | /queue
          {"type": "say", "params": {}, "ttl_seconds": 0}           | /ttl_seconds
          {"type": "say", "params": {}, "ttl_seconds": 31536001}    | /ttl_seconds
          {"type": "say", "params": {}, "ttl_seconds": 9223372036854775807}  | /ttl_seconds
          {"type": "say", "params": {}, "ttl_seconds": 1.5}         | /ttl_seconds
          {"type": "say", "params": {}, "ttl_seconds": "60"}        | /ttl_seconds
          {"type": "say", "params": {}, "budget": 5}                | /budget
          {"type": "say", "params": {}, "budget": {}}               | /budget
          {"type": "say", "params": {}, "budget": {"tokens": -1}}   | /budget/tokens
          {"type": "say", "params": {}, "budget": {"tokens": 1.5}}  | /budget/tokens
          {"type": "say", "params": {}, "budget": {"tokens": 9223372036854775807}} | /budget/tokens
          {"type": "say", "params": {}, "budget": {"usd": "1.5"}}   | /budget/usd
          {"type": "say", "params": {}, "budget": {"usd": -0.01}}   | /budget/usd
          {"type": "say", "params": {}, "budget": {"usd": 1e300}}   | /budget/usd
          {"type": "say", "params": {}, "budget": {"eur": 1}}       | /budget/eur
          {"type": "say", "params": {}, "tags": "a"}                | /tags
          {"type": "say", "params": {}, "tags": ["a", 1]}           | /tags
          {"type": "say", "params": {}, "tags": [""]}               | /tags
          {"type": "say", "params": {}, "callback_url": "http:"}    | /callback_url
          {"type": "say", "params": {}, "a/b~c": 1}                 | /a~1b~0c
          {"type": "say", "params": {"msg": "no"}}                  | /params/msg
          {"type": "say", "params": {"msg": 5}}                     | /params/msg
          {"type": "say", "params": {"message": "hello"}}           | /params/message
          {"type": "say", "params": {"msg": "a\\u0000b"}}           | /params/msg
          {"type": "say", "params": {"msg": "\\ud800"}}             | /params/msg
          {"type": "say", "params": {"times": 1e400}}               | /params/times
          """)
  void what_is_wrong_is_pointed_at(String body, String pointer) {
    Answer answer = server.post("/tasks", body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("task_rejected_invalid_params");
    assertThat(answer.pointers()).containsExactly(pointer);
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    Answer answer =
        server.post(
            "/tasks",
            """
            {"type": 1, "params": 2, "timeout_seconds": "x", "max_retries": -1, "priority": "p",
             "queue": "", "tags": 3, "unknown": true}
            """);

    assertThat(answer.pointers())
        .containsExactlyInAnyOrder(
            "/type",
            "/params",
            "/timeout_seconds",
            "/max_retries",
            "/priority",
            "/queue",
            "/tags",
            "/unknown");
    assertThat(answer.json().path("detail").asString()).contains("known are type, params");
  }

  @Test
  void an_unknown_type_is_answered_with_the_known_ones() {
    Answer answer = server.post("/tasks", "{\"type\":\"dance\",\"params\":{}}");

    assertThat(answer.json().at("/errors/0/detail").asString())
        .isEqualTo("must be one of say, fetch_url, research, not \"dance\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"text\"",
        "42",
        "{",
        "{\"type\": \"say\", \"params\": {}",
        "{\"type\": \"say\", \"params\": {}} x",
        "{\"type\": \"say\", \"params\": {}}{}",
        "{\"type\": \"say\", \"type\": \"say\", \"params\": {}}",
        "{\"type\": \"say\", \"params\": {\"msg\": \"a\", \"msg\": \"b\"}}",
        "{'type': 'say'}",
        "{\"type\": \"say\", \"params\": {},}",
        "{\"type\": \"say\", \"params\": {\"times\": NaN}}",
        "{\"type\": \"say\", \"params\": {\"times\": 1e99999999999}}",
        "{\"type\": \"say\", \"params\": {\"msg\": \"tab\there\"}}",
        "// comment\n{\"type\": \"say\", \"params\": {}}",
      })
  void what_is_no_json_object_is_unreadable(String body) {
    Answer answer = server.post("/tasks", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("unreadable_json");
    assertThat(answer.body()).doesNotContain("tools.jackson", "Source:", "java.");
  }

  @Test
  void deep_nesting_is_unreadable() {
    String deep = "{\"type\":\"say\",\"params\":" + "{\"a\":".repeat(5000) + "1" + "}".repeat(5001);

    assertThat(server.post("/tasks", deep).problem()).isEqualTo("unreadable_json");
  }

  @Test
  void what_is_not_utf_8_is_unreadable() {
    byte[] latin =
        "{\"type\":\"say\",\"params\":{\"msg\":\"é\"}}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] wide = "{\"type\":\"say\",\"params\":{}}".getBytes(StandardCharsets.UTF_16);
    for (byte[] body : List.of(latin, wide)) {
      Answer answer =
          server.send(
              server
                  .request("/tasks")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(body)));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.problem()).isEqualTo("unreadable_json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
        "multipart/form-data; boundary=x",
        "nonsense",
        "application/json; charset=klingon"
      })
  void another_content_type_is_not_supported(String contentType) {
    Answer answer =
        server.send(
            server
                .request("/tasks")
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString("{\"type\":\"say\",\"params\":{}}")));

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.problem()).isEqualTo("unsupported_media_type");
  }

  @Test
  void no_content_type_and_compressed_bodies_are_not_supported() {
    assertThat(server.send(server.request("/tasks").POST(BodyPublishers.ofString("{}"))).problem())
        .isEqualTo("unsupported_media_type");
    assertThat(
            server
                .send(
                    server
                        .request("/tasks")
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofString("{}")))
                .problem())
        .isEqualTo("unsupported_media_type");
  }

  @Test
  void a_body_may_have_a_megabyte_and_not_more() {
    String longest =
        "{\"type\":\"say\",\"params\":{\"msg\":\"" + "x".repeat(1024 * 1024 - 100) + "\"}}";
    String tooLong = longest + " ".repeat(200);

    assertThat(server.post("/tasks", longest).status()).isEqualTo(202);
    Answer refused = server.post("/tasks", tooLong);
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.problem()).isEqualTo("too_large");
  }

  @Test
  void a_large_body_of_unknown_length_is_refused_while_it_arrives() {
    byte[] start = "{\"type\":\"say\",\"params\":{\"msg\":\"".getBytes(StandardCharsets.US_ASCII);
    Answer answer =
        server.send(
            server
                .request("/tasks")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofInputStream(() ->
                        new java.io.SequenceInputStream(
                            new ByteArrayInputStream(start), xs(50 * 1024 * 1024)))));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.problem()).isEqualTo("too_large");
  }

  private static InputStream xs(int count) {
    return new InputStream() {
      private int left = count;

      @Override
      public int read() {
        return left-- > 0 ? 'x' : -1;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        int read = Math.min(length, left);
        java.util.Arrays.fill(bytes, offset, offset + Math.max(read, 0), (byte) 'x');
        left -= read;
        return read > 0 ? read : -1;
      }
    };
  }

  @Test
  void nothing_is_stored_of_what_is_refused() {
    String before = server.get("/tasks?limit=1").json().at("/tasks/0/id").asString();
    server.post("/tasks", "{\"type\":\"say\",\"params\":{\"msg\":\"no\"}}");
    server.post("/tasks", "{\"type\":\"dance\",\"params\":{}}");

    assertThat(server.get("/tasks?limit=1").json().at("/tasks/0/id").asString()).isEqualTo(before);
  }

  @Test
  void whoever_submits_too_much_is_told_when_to_come_back() {
    try (TestServer slow = TestServer.start(java.util.Map.of("TASKS_PER_MINUTE", "2"))) {
      slow.submit();
      slow.submit();
      Answer answer = slow.post("/tasks", "{\"type\":\"say\",\"params\":{}}");

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.problem()).isEqualTo("rate_limit_exceeded");
      assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
    }
  }
}
