package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.server.TestServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not as HTTP or this API should be is answered with a problem, whoever notices it.
class ProtocolTest {
  private final TestServer server = TestServer.shared();

  @ParameterizedTest
  @CsvSource({
    "DELETE, /tasks, 'GET, POST'",
    "PUT, /tasks, 'GET, POST'",
    "POST, /limits, GET",
    "PATCH, /health, GET"
  })
  void another_method_is_not_allowed(String method, String path, String allowed) {
    Answer answer = server.send(server.request(path).method(method, BodyPublishers.ofString("{}")));

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.problem()).isEqualTo("method_not_allowed");
    assertThat(answer.header("Allow").split(", ")).contains(allowed.split(", "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"q=%ff", "tag=%ff%fe", "limit=%C3%28"})
  void a_query_in_another_encoding_than_utf_8_is_refused(String query) {
    Answer answer = server.get("/tasks?" + query);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("bad_request");
  }

  @Test
  void an_unknown_path_is_not_found() {
    Answer answer = server.get("/tasks/x/y/z");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("not_found");
    assertThat(answer.json().propertyNames())
        .containsExactly("type", "title", "status", "detail", "code", "errors", "instance");
    assertThat(answer.json().path("type").asString()).isEqualTo("urn:errand:problem:not_found");
    assertThat(answer.json().path("instance").asString()).isEqualTo("/tasks/x/y/z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "GET /\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /a{b} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "G\u0000T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /tasks%2Fx HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: [x\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: nonsense\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "FROB / HTTP/1.1\r\nHost: localhost\r\n\r\n"
      })
  void what_is_not_proper_http_gets_a_problem_and_no_page(String request) throws IOException {
    String answer = raw(request);

    assertThat(answer).matches("(?s)HTTP/1.1 (4|5)\\d\\d.*");
    assertThat(answer).contains("Content-Type: application/problem+json");
    assertThat(answer).doesNotContain("<html", "Tomcat", "Exception", "\tat ");
  }

  @Test
  void headers_that_are_too_long_get_a_problem() throws IOException {
    String answer =
        raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 200",
    "localhost, 200",
    "localhost:8080, 200",
    "LOCALHOST, 200",
    "errand.localhost, 200",
    "[::1]:8080, 200",
    "127.3.2.1:80, 200",
    "evil.example, 421",
    "localhost.evil.example, 421",
    "127.0.0.1.evil.example, 421",
    "192.168.0.1, 421"
  })
  void a_server_on_loopback_answers_to_loopback_names_only(String host, int status)
      throws IOException {
    String answer = raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void an_answer_to_a_large_refused_body_is_not_asked_for() throws IOException {
    String answer =
        raw(
            """
            POST /tasks HTTP/1.1
            Host: localhost
            Authorization: Bearer %s
            Content-Type: application/json
            Content-Length: 100000000
            Expect: 100-continue

            """
                .formatted(server.token())
                .replace("\n", "\r\n"));

    assertThat(answer).startsWith("HTTP/1.1 413").contains("\"too_large\"");
  }

  @Test
  void a_connection_is_kept_for_any_number_of_requests() throws IOException {
    String request = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

    String answers = raw(request.repeat(150));

    assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(151);
  }

  /// Sends what no HTTP client would, and returns all that comes back.
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
