package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.errand.engine.attempt.Handlers;
import dev.errand.server.TestServer.Answer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The Model Context Protocol over real HTTP, by the client of the official SDK.
class McpTest {
  private static final String PARAGRAPH =
      "<p>The lighthouse of Thule was finished in 1889 and stands 61 metres tall above the harbour."
          + " Its lamp is seen from forty kilometres away in clear weather, sailors say.</p>";
  private static final int PER_MINUTE = 60;

  private static TestServer server;
  private static People people;
  private static HttpServer site;
  private static String ada;
  private static String bob;

  @BeforeAll
  static void start() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    page("/thule", PARAGRAPH.repeat(3));
    page(
        "/long",
        IntStream.range(0, 900)
            .mapToObj("<p>Zeile %d: Größe und Länge der Brücke über den Fluß.</p>"::formatted)
            .collect(Collectors.joining()));
    site.start();
    server =
        TestServer.working(
            Map.of(
                "FETCH_PRIVATE_ALLOWLIST",
                "127.0.0.1",
                "TASKS_PER_MINUTE",
                String.valueOf(PER_MINUTE)));
    people = new People(server);
    people.add("ada", "user");
    people.add("bob", "user");
    people.add("hasty", "user");
    ada = people.token("ada");
    bob = people.token("bob");
  }

  @AfterAll
  static void stop() {
    server.close();
    site.stop(0);
  }

  private static void page(String path, String text) {
    byte[] html =
        ("<!doctype html><html><head><title>The lighthouse</title></head><body><article>"
                + "<h1>The lighthouse</h1>"
                + text
                + "</article></body></html>")
            .getBytes(StandardCharsets.UTF_8);
    site.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, html.length);
          exchange.getResponseBody().write(html);
          exchange.close();
        });
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + site.getAddress().getPort() + path;
  }

  private static McpClient.SyncSpec spec(String token) {
    return McpClient.sync(
            HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + server.port())
                .endpoint("/mcp")
                .addHttpRequestCustomizer(
                    (request, _, _, _, _) -> request.header("Authorization", "Bearer " + token))
                .build())
        .requestTimeout(Duration.ofMinutes(1));
  }

  private static McpSyncClient connected(String token) {
    McpSyncClient client = spec(token).build();
    client.initialize();
    return client;
  }

  private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> args) {
    return client.callTool(CallToolRequest.builder(tool).arguments(args).build());
  }

  private static CallToolResult call(String token, String tool, Map<String, Object> arguments) {
    try (McpSyncClient client = connected(token)) {
      return call(client, tool, arguments);
    }
  }

  private static String text(CallToolResult result, int index) {
    return ((TextContent) result.content().get(index)).text();
  }

  private static JsonNode known(CallToolResult result) {
    return TestServer.JSON.readTree(text(result, 0));
  }

  private static String taskOf(CallToolResult result) {
    assertThat(result.isError()).as(text(result, 0)).isNotEqualTo(true);
    return known(result).path("task_id").asString();
  }

  @Test
  void a_client_connects_and_sees_the_tools_whose_task_types_there_are() {
    try (McpSyncClient client = spec(ada).build()) {
      var answer = client.initialize();
      List<String> tools = client.listTools().tools().stream().map(Tool::name).toList();

      assertThat(answer.serverInfo().name()).isEqualTo("errand");
      assertThat(tools)
          .contains("fetch", "research", "task_status", "task_result", "cancel_task", "list_tasks");
      assertThat(tools.contains("search"))
          .isEqualTo(server.part(Handlers.class).types().contains("search"));
      assertThat(client.listTools().tools())
          .allSatisfy(tool -> assertThat(tool.description()).isNotBlank())
          .allSatisfy(tool -> assertThat(tool.inputSchema()).containsEntry("type", "object"));
    }
  }

  @Test
  void a_page_is_fetched_for_the_caller_and_its_text_comes_back() {
    CallToolResult result = call(ada, "fetch", Map.of("url", url("/thule")));

    String task = taskOf(result);
    assertThat(known(result).path("status").asString()).isEqualTo("completed");
    assertThat(known(result).at("/result/title").asString()).isEqualTo("The lighthouse");
    assertThat(known(result).at("/artifacts/0/type").asString()).isEqualTo("fetch_text");
    assertThat(text(result, 1)).contains("finished in 1889");
    JsonNode shown = people.as(ada, "/tasks/" + task).json();
    assertThat(shown.path("owner").asString()).isEqualTo("ada");
  }

  @Test
  void research_tells_its_progress_and_ends_with_the_report() {
    List<ProgressNotification> heard = new CopyOnWriteArrayList<>();
    try (McpSyncClient client = spec(ada).progressConsumer(heard::add).build()) {
      client.initialize();
      CallToolResult result =
          client.callTool(
              CallToolRequest.builder("research")
                  .arguments(
                      Map.of(
                          "prompt",
                          "How tall is the lighthouse of Thule?",
                          "urls",
                          List.of(url("/thule"))))
                  .progressToken("p1")
                  .build());

      assertThat(known(result).path("status").asString()).isEqualTo("completed");
      assertThat(text(result, 1)).contains("61 metres tall").contains("## Sources");
      assertThat(heard).isNotEmpty();
      assertThat(heard).allSatisfy(one -> assertThat(one.progressToken()).isEqualTo("p1"));
      List<Double> progress = heard.stream().map(ProgressNotification::progress).toList();
      assertThat(progress).isSorted().doesNotHaveDuplicates().last().isEqualTo(100.0);
    }
  }

  @Test
  void who_does_not_wait_gets_the_task_and_asks_later() {
    try (McpSyncClient client = connected(ada)) {
      String task = taskOf(call(client, "fetch", Map.of("url", url("/thule"), "wait_seconds", 0)));

      CallToolResult result =
          call(client, "task_result", Map.of("task_id", task, "wait_seconds", 60));
      CallToolResult status = call(client, "task_status", Map.of("task_id", task));
      CallToolResult listed = call(client, "list_tasks", Map.of("type", "fetch_url", "limit", 200));

      assertThat(text(result, 1)).contains("finished in 1889");
      assertThat(known(status).path("status").asString()).isEqualTo("completed");
      assertThat(known(status).path("attempt").asInt()).isEqualTo(1);
      assertThat(known(listed).path("tasks").findValuesAsString("task_id")).contains(task);
    }
  }

  @Test
  void a_list_says_how_tasks_stand_and_leaves_what_came_of_them_to_those_who_ask() {
    try (McpSyncClient client = connected(ada)) {
      String task = taskOf(call(client, "fetch", Map.of("url", url("/thule"))));

      CallToolResult listed = call(client, "list_tasks", Map.of("type", "fetch_url", "limit", 200));

      assertThat(known(listed).path("tasks"))
          .filteredOn(one -> one.path("task_id").asString().equals(task))
          .singleElement()
          .satisfies(one -> assertThat(one.path("status").asString()).isEqualTo("completed"))
          .satisfies(one ->
              assertThat(one.propertyNames()).doesNotContain("result", "artifacts", "params"));
    }
  }

  @Test
  void a_task_of_any_type_is_looked_at_and_cancelled() {
    String task =
        people
            .as(ada, "POST", "/tasks", "{\"type\": \"sleep\", \"params\": {\"seconds\": 60}}")
            .json()
            .path("id")
            .asString();
    try (McpSyncClient client = connected(ada)) {
      CallToolResult waiting = call(client, "task_result", Map.of("task_id", task));
      call(client, "cancel_task", Map.of("task_id", task));
      CallToolResult ended =
          call(client, "task_result", Map.of("task_id", task, "wait_seconds", 60));

      assertThat(waiting.isError()).isNotEqualTo(true);
      assertThat(known(waiting).path("next").asString()).contains("task_result");
      assertThat(ended.isError()).isTrue();
      assertThat(known(ended).path("status").asString()).isEqualTo("cancelled");
    }
  }

  @Test
  void a_long_text_comes_in_parts_that_join_without_a_seam() {
    try (McpSyncClient client = connected(ada)) {
      CallToolResult result = call(client, "fetch", Map.of("url", url("/long")));
      String task = taskOf(result);
      StringBuilder joined = new StringBuilder(text(result, 1));
      JsonNode part = known(result).path("text");
      while (part.has("next")) {
        String next = part.path("next").asString().replaceAll("\\D", "");
        CallToolResult more =
            call(client, "task_result", Map.of("task_id", task, "offset", Integer.valueOf(next)));
        joined.append(text(more, 1));
        part = known(more);
      }

      String path = known(result).at("/artifacts/0/path").asString();
      assertThat(joined.toString()).isEqualTo(people.as(ada, path).body());
      assertThat(joined.toString()).contains("Zeile 899").hasSizeGreaterThan(40_000);
    }
  }

  @Test
  void what_is_wrong_with_a_call_is_said_so_that_the_next_one_is_right() {
    try (McpSyncClient client = connected(ada)) {
      assertThat(refusal(call(client, "fetch", Map.of()))).contains("/url");
      assertThat(refusal(call(client, "fetch", Map.of("url", "ftp://x.org")))).contains("/url");
      assertThat(refusal(call(client, "fetch", Map.of("url", url("/thule"), "wait_seconds", 9999))))
          .contains("/wait_seconds must be 0 to 300");
      assertThat(
              refusal(
                  call(
                      client,
                      "research",
                      Map.of("prompt", "Why?", "sources", List.of("web"), "colour", "red"))))
          .contains("/colour");
      assertThat(refusal(call(client, "list_tasks", Map.of("status", "lost"))))
          .contains("completed");
      assertThat(refusal(call(client, "task_status", Map.of("task_id", "17"))))
          .contains("There is no task \"17\"");
      assertThat(refusal(call(client, "task_status", Map.of("task_id", "a\0b")))).contains("NUL");
      assertThat(refusal(call(client, "research", Map.of("prompt", "x", "docs", List.of("/")))))
          .contains("administrators");
    }
  }

  @Test
  void research_that_could_read_nothing_is_refused_here_and_taken_at_the_doors_of_others() {
    try (McpSyncClient client = connected(ada)) {
      assertThat(refusal(call(client, "research", Map.of("prompt", "Why?"))))
          .contains("name pages in urls", "BRAVE_API_KEY");
    }
    Answer refused = server.post("/research", "{\"prompt\":\"Why?\"}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.pointers()).containsExactly("/sources");
    assertThat(server.post("/api/one-time-researches", "{\"prompt\":\"Why?\"}").status())
        .isEqualTo(202);
  }

  private static String refusal(CallToolResult result) {
    assertThat(result.isError()).isTrue();
    return text(result, 0);
  }

  @Test
  void a_task_that_failed_says_why() {
    CallToolResult result = call(ada, "fetch", Map.of("url", url("/missing")));

    assertThat(result.isError()).isTrue();
    assertThat(known(result).at("/error/code").asString()).isEqualTo("fetch_failed");
    assertThat(known(result).at("/error/message").asString()).contains("404");
  }

  @Test
  void the_same_key_gives_the_same_task_and_is_good_for_one_body_only() {
    Map<String, Object> first = new HashMap<>(Map.of("url", url("/thule"), "wait_seconds", 0));
    first.put("idempotency_key", "once");
    try (McpSyncClient client = connected(ada)) {
      String task = taskOf(call(client, "fetch", first));
      assertThat(taskOf(call(client, "fetch", first))).isEqualTo(task);
      first.put("url", url("/long"));
      assertThat(refusal(call(client, "fetch", first))).contains("idempotency_key_reused");
    }
  }

  @Test
  void submissions_count_against_the_callers_rate() {
    String hasty = people.token("hasty");
    try (McpSyncClient client = connected(hasty)) {
      List<CallToolResult> results = new ArrayList<>();
      for (int i = 0; i <= PER_MINUTE; i++) {
        results.add(call(client, "fetch", Map.of("url", url("/thule"), "wait_seconds", 0)));
      }

      assertThat(results.getFirst().isError()).isNotEqualTo(true);
      assertThat(refusal(results.getLast())).contains("rate_limit_exceeded");
    }
  }

  @Test
  void somebody_elses_task_is_as_unknown_as_one_that_is_not_there() {
    String task = taskOf(call(ada, "fetch", Map.of("url", url("/thule"), "wait_seconds", 0)));
    String none = "00000000-0000-7000-8000-000000000000";
    try (McpSyncClient client = connected(bob)) {
      for (String tool : List.of("task_status", "task_result", "cancel_task")) {
        String others = refusal(call(client, tool, Map.of("task_id", task)));
        String unknown = refusal(call(client, tool, Map.of("task_id", none)));
        assertThat(others.replace(task, none)).as(tool).isEqualTo(unknown);
      }
      assertThat(text(call(client, "list_tasks", Map.of()), 0)).doesNotContain(task);
      assertThat(refusal(call(client, "list_tasks", Map.of("owner", "ada")))).contains("owner");
    }
  }

  @Test
  void a_key_that_may_only_read_reads_and_submits_nothing() {
    String key = people.key(ada, "\"tasks:read\"");
    try (McpSyncClient client = connected(key)) {
      assertThat(call(client, "list_tasks", Map.of()).isError()).isNotEqualTo(true);
      assertThat(refusal(call(client, "fetch", Map.of("url", url("/thule")))))
          .contains("insufficient_scope")
          .contains("tasks:write");
      assertThat(refusal(call(client, "cancel_task", Map.of("task_id", "x"))))
          .contains("insufficient_scope");
    }
    assertThat(initialize(people.key(ada, "\"tasks:write\"")).problem())
        .isEqualTo("insufficient_scope");
  }

  @Test
  void whoever_shows_no_good_token_is_told_how_to_come_in() {
    for (String token : List.of("x.y.z", "errand_" + "x".repeat(43))) {
      Answer answer = initialize(token);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
      assertThat(answer.problem()).isEqualTo("unauthorized");
      assertThat(answer.body()).doesNotContain(token);
    }
    assertThat(server.send(server.anonymous("/mcp")).status()).isEqualTo(401);
    assertThatThrownBy(() -> connected("nonsense")).hasStackTraceContaining("Authorization error");
  }

  @Test
  void pages_of_foreign_origins_are_kept_out() {
    HttpRequest.Builder foreign = request(ada, INITIALIZE).header("Origin", "https://evil.example");
    assertThat(server.send(foreign).problem()).isEqualTo("origin_not_allowed");
    assertThat(server.send(request(ada, INITIALIZE).header("Origin", "null")).status())
        .isEqualTo(403);
    String own = "http://127.0.0.1:" + server.port();
    assertThat(server.send(request(ada, INITIALIZE).header("Origin", own)).status()).isEqualTo(200);
  }

  @Test
  void a_session_is_good_for_nobody_else_and_ends_when_it_is_told_to() {
    String session = initialize(ada).header("Mcp-Session-Id");

    assertThat(inSession(ada, session, LIST)).isEqualTo(200);
    assertThat(inSession(bob, session, LIST)).isEqualTo(404);
    assertThat(inSession(ada, "unknown", LIST)).isEqualTo(404);
    HttpRequest.Builder end =
        server
            .anonymous("/mcp")
            .header("Authorization", "Bearer " + ada)
            .header("Mcp-Session-Id", session)
            .DELETE();
    assertThat(server.send(end).status()).isEqualTo(200);
    assertThat(inSession(ada, session, LIST)).isEqualTo(404);
  }

  @Test
  void nobody_has_sessions_without_end() {
    List<String> sessions = new ArrayList<>();
    for (int i = 0; i <= 32; i++) {
      sessions.add(initialize(bob).header("Mcp-Session-Id"));
    }

    assertThat(inSession(bob, sessions.getFirst(), LIST)).isEqualTo(404);
    assertThat(inSession(bob, sessions.get(1), LIST)).isEqualTo(200);
    assertThat(inSession(bob, sessions.getLast(), LIST)).isEqualTo(200);
  }

  @Test
  void other_methods_and_bodies_are_refused() {
    HttpRequest.Builder put = request(ada, LIST).PUT(BodyPublishers.ofString("{}"));
    assertThat(server.send(put).problem()).isEqualTo("method_not_allowed");
    assertThat(server.send(request(ada, "{")).status()).isEqualTo(400);
    assertThat(server.send(request(ada, "[" + "1,".repeat(600_000) + "1]")).status())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "[]",
        "{}",
        "null",
        "\"x\"",
        "",
        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"initialize\"}",
        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"initialize\", \"params\": [1]}",
        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}",
        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\"}",
        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\": {}}}",
        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": 1}",
        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": {}}",
        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": {}}",
        "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}"
      })
  void what_is_no_message_of_the_protocol_is_refused_in_its_words(String body) {
    assertRefused(server.send(request(ada, body)));
  }

  @Test
  void what_belongs_to_a_session_is_refused_without_one() {
    assertRefused(server.send(request(ada, "").GET()));
    assertRefused(server.send(request(ada, "").DELETE()));
    assertRefused(server.send(request(ada, LIST).setHeader("Accept", "text/html")));
    assertThat(server.send(request(ada, LIST).setHeader("Content-Type", "text/plain")).body())
        .startsWith("{\"jsonrpc\"")
        .doesNotContain("stackTrace");
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.json().propertyNames()).containsExactly("jsonrpc", "id", "error");
    assertThat(answer.json().path("jsonrpc").asString()).isEqualTo("2.0");
    assertThat(answer.json().path("id").isNull()).isTrue();
    assertThat(answer.json().path("error").propertyNames()).containsExactly("code", "message");
    assertThat(answer.json().at("/error/code").asInt()).isEqualTo(-32600);
    assertThat(answer.body())
        .doesNotContain("jackson", "modelcontextprotocol", "Exception", "deserialize");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tools/call | {\"name\": \"teleport\"}             | -32602 | Tool not found: teleport",
        "tools/call | {}                                     | -32602 | Tool not found",
        "tools/fold | {}                                     | -32601 | tools/fold"
      })
  void a_call_of_something_that_is_not_there_says_what_it_was(
      String method, String params, int code, String message) {
    String session = initialize(ada).header("Mcp-Session-Id");
    String call =
        "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"%s\", \"params\": %s}"
            .formatted(method, params);

    Answer answer = server.send(request(ada, call).header("Mcp-Session-Id", session));

    assertThat(answer.body()).startsWith("event: message").doesNotContain(session);
    JsonNode told =
        TestServer.JSON.readTree(answer.body().substring(answer.body().indexOf("data: ") + 6));
    assertThat(told.path("id").asInt()).isEqualTo(7);
    assertThat(told.at("/error/code").asInt()).as(answer.body()).isEqualTo(code);
    assertThat(told.at("/error/message").asString()).contains(message);
    assertThat(answer.body()).doesNotContain("jackson", "modelcontextprotocol", "Exception");
  }

  @Test
  void a_server_with_open_sessions_stops_without_delay() {
    TestServer brief = TestServer.start(Map.of());
    String token = brief.token();
    McpSyncClient client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + brief.port())
                    .endpoint("/mcp")
                    .openConnectionOnStartup(true)
                    .addHttpRequestCustomizer(
                        (request, _, _, _, _) -> request.header("Authorization", "Bearer " + token))
                    .build())
            .build();
    client.initialize();
    long begun = System.nanoTime();
    brief.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    client.close();
  }

  private static final String INITIALIZE =
      """
      {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion":
       "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}
      """;
  private static final String LIST =
      """
      {"jsonrpc": "2.0", "id": 2, "method": "tools/list", "params": {}}
      """;

  private static HttpRequest.Builder request(String token, String json) {
    return server
        .anonymous("/mcp")
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(BodyPublishers.ofString(json));
  }

  private static Answer initialize(String token) {
    return server.send(request(token, INITIALIZE));
  }

  private static int inSession(String token, String session, String json) {
    return server.send(request(token, json).header("Mcp-Session-Id", session)).status();
  }
}
