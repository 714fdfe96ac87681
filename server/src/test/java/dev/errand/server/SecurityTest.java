package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.server.TestServer.Answer;
import dev.errand.server.security.BrowserSessions;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityTest {
  private final TestServer server = TestServer.shared();

  @Test
  void a_token_opens_every_door() {
    assertThat(server.get("/tasks").status()).isEqualTo(200);
    assertThat(send(server.anonymous("/tasks").header("X-API-Key", server.token())).status())
        .isEqualTo(200);
    assertThat(
            send(server.anonymous("/tasks").header("Authorization", "bearer " + server.token()))
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/tasks", "/limits", "/nowhere", "/artifacts/x", "/tasks/x/events", "/healthy"})
  void without_a_token_every_other_door_is_closed(String path) {
    Answer answer = send(server.anonymous(path));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.problem()).isEqualTo("unauthorized");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(answer.body()).doesNotContain(server.token());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health", "/health/live", "/health/ready"})
  void some_doors_are_open(String path) {
    assertThat(send(server.anonymous(path)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/../tasks",
        "/health/../mcp",
        "/health/..%2ftasks",
        "/health;/../tasks",
        "//tasks",
        "/health/%2e%2e/tasks"
      })
  void no_detour_leads_past_the_guard(String path) {
    assertThat(send(server.anonymous(path)).status()).isIn(400, 401, 404);
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer wrong",
    "Authorization, Bearer",
    "Authorization, ''",
    "Authorization, Basic YWRtaW46YWRtaW4=",
    "X-API-Key, wrong"
  })
  void a_wrong_token_opens_nothing(String header, String value) {
    assertThat(send(server.anonymous("/tasks").header(header, value)).status()).isEqualTo(401);
  }

  @Test
  void the_session_of_a_link_that_came_by_https_is_for_https_only() {
    try (TestServer behind = TestServer.start(Map.of("TRUSTED_PROXIES", "127.0.0.1"))) {
      String link = behind.part(BrowserSessions.class).newLink();

      Answer entered =
          behind.send(
              behind
                  .anonymous("/?token=" + link)
                  .header("X-Forwarded-For", "203.0.113.7")
                  .header("X-Forwarded-Proto", "https"));

      assertThat(entered.status()).isEqualTo(303);
      assertThat(entered.header("Set-Cookie")).contains("; Secure", "; HttpOnly");
    }
  }

  @Test
  void the_token_is_for_the_servers_user_only() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(server.directory().resolve("token"))))
        .isEqualTo("rw-------");
    assertThat(server.token()).hasSize(43);
  }

  @Test
  void the_printed_link_opens_one_session() {
    String link = server.part(BrowserSessions.class).newLink();

    Answer first = send(server.anonymous("/?token=" + link));
    Answer second = send(server.anonymous("/?token=" + link));

    assertThat(first.status()).isEqualTo(303);
    assertThat(first.header("Location")).isEqualTo("/");
    assertThat(first.header("Set-Cookie"))
        .startsWith("errand_session=")
        .contains("HttpOnly", "SameSite=Strict", "Path=/");
    assertThat(second.status()).isEqualTo(401);
    assertThat(second.header("Set-Cookie")).isEmpty();
    assertThat(send(server.anonymous("/?token=guess")).problem()).isEqualTo("unauthorized");
  }

  @Test
  void the_links_token_is_no_other_token() {
    String link = server.part(BrowserSessions.class).newLink();

    assertThat(send(server.anonymous("/tasks").header("Authorization", "Bearer " + link)).status())
        .isEqualTo(401);
    assertThat(send(server.anonymous("/?token=" + server.token())).status()).isEqualTo(401);
  }

  @Test
  void a_session_reads() {
    assertThat(send(server.anonymous("/tasks").header("Cookie", cookie())).status()).isEqualTo(200);
    assertThat(send(server.anonymous("/tasks").header("Cookie", "errand_session=x")).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "same-origin, SELF, 202",
        "same-origin, -, 202",
        "-, SELF, 202",
        "-, -, 401",
        "cross-site, http://evil.example, 401",
        "same-site, http://localhost:1, 401",
        "none, -, 401",
        "-, http://evil.example, 401",
        "-, null, 401",
        "same-origin, http://evil.example, 401"
      })
  void a_session_changes_something_only_from_our_own_pages(
      @org.jspecify.annotations.Nullable String site,
      @org.jspecify.annotations.Nullable String origin,
      int status) {
    HttpRequest.Builder request =
        server
            .anonymous("/tasks")
            .header("Cookie", cookie())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"type\":\"say\",\"params\":{}}"));
    if (site != null) {
      request.header("Sec-Fetch-Site", site);
    }
    if (origin != null) {
      request.header("Origin", origin.replace("SELF", "http://127.0.0.1:" + server.port()));
    }

    assertThat(send(request).status()).isEqualTo(status);
  }

  private String cookie() {
    String link = server.part(BrowserSessions.class).newLink();
    return send(server.anonymous("/?token=" + link)).header("Set-Cookie").split(";", 2)[0];
  }

  @Test
  void every_answer_tells_browsers_to_be_careful() {
    for (String path : List.of("/", "/health", "/tasks", "/nowhere")) {
      Answer answer = server.get(path);
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.header("Server")).isEmpty();
    }
  }

  @Test
  void a_trace_goes_through() {
    Answer answer =
        send(
            server
                .request("/tasks")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .header("X-Request-Id", "mine-1"));

    assertThat(answer.header("traceparent"))
        .matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01")
        .doesNotContain("b7ad6b7169203331");
    assertThat(answer.header("X-Request-Id")).isEqualTo("mine-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void a_trace_that_is_none_is_replaced(String traceparent) {
    Answer answer = send(server.request("/tasks").header("traceparent", traceparent));

    assertThat(answer.header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(answer.header("X-Request-Id"))
        .isEqualTo(answer.header("traceparent").substring(3, 35));
  }

  private Answer send(HttpRequest.Builder request) {
    return server.send(request);
  }
}
