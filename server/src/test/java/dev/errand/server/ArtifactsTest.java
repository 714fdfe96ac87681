package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ArtifactsTest {
  private static final int MEGABYTE = 1024 * 1024;

  private final TestServer server = TestServer.shared();
  private final String task = server.submit();

  @Test
  void what_is_uploaded_comes_back_byte_for_byte() {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    Answer uploaded = upload("data", "application/octet-stream", content);

    assertThat(uploaded.status()).isEqualTo(201);
    JsonNode meta = uploaded.json();
    assertThat(uploaded.header("Location")).isEqualTo("/artifacts/" + meta.path("id").asString());
    assertThat(meta.path("task_id").asString()).isEqualTo(task);
    assertThat(meta.path("size").asInt()).isEqualTo(100_000);
    assertThat(meta.path("sha256").asString()).matches("[0-9a-f]{64}");
    assertThat(server.get(uploaded.header("Location") + "/meta").json()).isEqualTo(meta);

    HttpResponse<byte[]> bytes =
        server.send(server.request(uploaded.header("Location")), BodyHandlers.ofByteArray());
    assertThat(bytes.body()).isEqualTo(content);
    assertThat(bytes.headers().firstValue("ETag"))
        .hasValue("\"" + meta.path("sha256").asString() + "\"");
    assertThat(bytes.headers().firstValue("Content-Length")).hasValue("100000");
  }

  @Test
  void the_seeds_own_example_works() {
    Answer uploaded =
        server.post(
            "/artifacts",
            """
            {"task_id":"%s","type":"log","content_type":"text/plain","data_base64":"SGVsbG8gd29ybGQ="}
            """
                .formatted(task));

    assertThat(server.get(uploaded.header("Location")).body()).isEqualTo("Hello world");
  }

  @Test
  void an_empty_artifact_is_an_artifact() {
    Answer answer = server.get(upload("log", "text/plain", new byte[0]).header("Location"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, bytes 0-3/10",
    "bytes=4-, 206, 456789, bytes 4-9/10",
    "bytes=-3, 206, 789, bytes 7-9/10",
    "bytes=-99, 206, 0123456789, bytes 0-9/10",
    "bytes=8-99, 206, 89, bytes 8-9/10",
    "'bytes=0-1,4-5', 200, 0123456789, ''",
    "bytes=5-2, 200, 0123456789, ''",
    "bytes=-, 200, 0123456789, ''",
    "items=0-1, 200, 0123456789, ''",
  })
  void a_range_of_bytes_can_be_asked_for(
      String range, int status, String body, String contentRange) {
    String path = upload("log", "text/plain", ascii("0123456789")).header("Location");

    Answer answer = server.send(server.request(path).header("Range", range));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
    assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=99-100", "bytes=-0"})
  void a_range_beyond_the_end_cannot_be_satisfied(String range) {
    String path = upload("log", "text/plain", ascii("0123456789")).header("Location");

    Answer answer = server.send(server.request(path).header("Range", range));

    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.problem()).isEqualTo("range_not_satisfiable");
    assertThat(answer.header("Content-Range")).isEqualTo("bytes */10");
  }

  @Test
  void who_has_it_already_does_not_get_it_again() {
    String path = upload("log", "text/plain", ascii("0123456789")).header("Location");
    String etag = server.get(path).header("ETag");

    for (String known : List.of(etag, "W/" + etag, "\"other\", " + etag, "*")) {
      Answer answer = server.send(server.request(path).header("If-None-Match", known));
      assertThat(answer.status()).as(known).isEqualTo(304);
      assertThat(answer.header("ETag")).isEqualTo(etag);
    }
    assertThat(server.send(server.request(path).header("If-None-Match", "\"other\"")).status())
        .isEqualTo(200);
  }

  @Test
  void a_range_of_another_version_is_answered_with_this_version_as_a_whole() {
    String path = upload("log", "text/plain", ascii("0123456789")).header("Location");
    String etag = server.get(path).header("ETag");

    assertThat(rangeIf(path, etag).status()).isEqualTo(206);
    assertThat(rangeIf(path, "\"other\"").body()).isEqualTo("0123456789");
  }

  private Answer rangeIf(String path, String etag) {
    return server.send(server.request(path).header("Range", "bytes=0-1").header("If-Range", etag));
  }

  @Test
  void only_the_head_can_be_asked_for() {
    String path = upload("log", "text/plain", ascii("0123456789")).header("Location");

    Answer answer = server.send(server.request(path).HEAD());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("10");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, text/plain;charset=UTF-8, inline",
    "text/plain;charset=ISO-8859-1, text/plain;charset=ISO-8859-1, inline",
    "text/markdown, text/markdown;charset=UTF-8, inline",
    "application/json, application/json, inline",
    "image/png, image/png, inline",
    "text/html, text/html;charset=UTF-8, attachment",
    "TEXT/HTML, text/html;charset=UTF-8, attachment",
    "application/xhtml+xml, application/xhtml+xml, attachment",
    "image/svg+xml, image/svg+xml, attachment",
    "text/javascript, text/javascript;charset=UTF-8, attachment",
    "application/pdf, application/pdf, attachment",
    "application/octet-stream, application/octet-stream, attachment",
  })
  void a_browser_runs_no_artifact(String contentType, String answered, String disposition) {
    String path =
        upload("page", contentType, ascii("<script>alert(1)</script>")).header("Location");

    Answer answer = server.get(path);

    assertThat(answer.header("Content-Type")).isEqualToIgnoringCase(answered);
    assertThat(answer.header("Content-Disposition")).startsWith(disposition + "; filename");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
  }

  @Test
  void a_name_cannot_leave_its_header() {
    Answer answer =
        server.get(upload("a\"; x=\"é/../", "text/plain", ascii("x")).header("Location"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo(
            "inline; filename=\"a__ x____.._\"; filename*=UTF-8''a%22%3B%20x%3D%22%C3%A9%2F..%2F");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                                       | /task_id,/type,/content_type,/data_base64
          {"task_id":"TASK","type":"","content_type":"text/plain","data_base64":""}      | /type
          {"task_id":"TASK","type":"a\\nb","content_type":"text/plain","data_base64":""} | /type
          {"task_id":"TASK","type":"log","content_type":"text","data_base64":""}         | /content_type
          {"task_id":"TASK","type":"log","content_type":"a/b\\r\\nX: y","data_base64":""} | /content_type
          {"task_id":"TASK","type":"log","content_type":"*/*","data_base64":""}          | /content_type
          {"task_id":"TASK","type":"log","content_type":"text/plain","data_base64":5}    | /data_base64
          {"task_id":"TASK","type":"log","content_type":"text/plain","data_base64":{"a":[1]}} | /data_base64
          {"task_id":"TASK","type":"log","content_type":"text/plain","data_base64":"!!"} | /data_base64
          {"task_id":"TASK","type":"log","content_type":"text/plain","data_base64":"abc"} | /data_base64
          {"task_id":"x","type":"log","content_type":"text/plain","data_base64":""}      | /task_id
          {"task_id":"TASK","type":"log","content_type":"text/plain","data_base64":"","name":"n"} | /name
          {"task_id":["TASK"],"type":[],"content_type":{},"data_base64":""}              | /task_id,/type,/content_type
          """)
  void what_is_wrong_with_an_upload_is_pointed_at(String body, String pointers) {
    Answer answer = server.post("/artifacts", body.replace("TASK", task));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("artifact_rejected_invalid_fields");
    assertThat(answer.pointers()).containsExactlyInAnyOrder(pointers.split(","));
  }

  @Test
  void an_unreadable_upload_is_refused() {
    String half = "{\"task_id\":\"" + task + "\",\"type\":\"log\",\"data_base64\":\"AAAA";
    assertThat(server.post("/artifacts", half).problem()).isEqualTo("unreadable_json");
    assertThat(server.post("/artifacts", half + "\"} x").problem()).isEqualTo("unreadable_json");
    assertThat(server.post("/artifacts", half + "\",\"type\":\"x\"}").problem())
        .isEqualTo("unreadable_json");
    assertThat(server.post("/artifacts", "").problem())
        .isEqualTo("artifact_rejected_invalid_fields");
  }

  @Test
  void an_artifact_needs_a_task() {
    Answer answer =
        server.post(
            "/artifacts",
            "{\"task_id\":\"%s\",\"type\":\"log\",\"content_type\":\"text/plain\",\"data_base64\":\"\"}"
                .formatted(UUID.randomUUID()));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("task_not_found");
  }

  @Test
  void the_largest_artifact_is_taken_and_a_byte_more_is_not() {
    assertThat(upload("data", "text/plain", new byte[MEGABYTE]).status()).isEqualTo(201);

    Answer answer = upload("data", "text/plain", new byte[MEGABYTE + 1]);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.problem()).isEqualTo("artifact_size_exceeded");
  }

  @Test
  void fifty_megabytes_are_refused_with_an_answer() {
    Answer known = upload("data", "text/plain", new byte[37 * MEGABYTE]);
    assertThat(known.status()).isEqualTo(413);
    assertThat(known.problem()).isEqualTo("artifact_size_exceeded");

    byte[] body = new byte[50 * MEGABYTE];
    java.util.Arrays.fill(body, (byte) ' ');
    Answer chunked =
        server.send(
            server
                .request("/artifacts")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))));
    assertThat(chunked.problem()).isEqualTo("artifact_size_exceeded");
  }

  @Test
  void an_unknown_artifact_is_not_found() {
    for (String id : List.of(UUID.randomUUID().toString(), "x", "1-1-1-1-1")) {
      assertThat(server.get("/artifacts/" + id).problem()).isEqualTo("not_found");
      assertThat(server.get("/artifacts/" + id + "/meta").problem()).isEqualTo("not_found");
    }
  }

  private Answer upload(String type, String contentType, byte[] content) {
    String body =
        TestServer.JSON
            .createObjectNode()
            .put("task_id", task)
            .put("type", type)
            .put("content_type", contentType)
            .put("data_base64", Base64.getEncoder().encodeToString(content))
            .toString();
    return server.post("/artifacts", body);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
