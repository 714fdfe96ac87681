package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.task.TaskId;
import dev.errand.server.TestServer.Answer;
import dev.errand.server.security.ForgedTokens;
import dev.errand.server.security.Keyring;
import dev.errand.server.security.TaskTokens;
import dev.errand.server.security.TestIssuer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every door times everybody who may come to it. A door that is not in [#doors] fails the test.
class AccessMatrixTest {
  private static final String SAY = "{\"type\":\"say\",\"params\":{}}";
  private static final String PAGE = "{\"url\":\"http://127.0.0.1/\"}";
  private static final String WHY = "{\"prompt\":\"Why?\"}";
  private static final String NIGHTLY_WHY = "{\"prompt\":\"Why?\",\"cron\":\"30 2 * * *\"}";
  private static final String POST = "{\"topic\":\"Tea\",\"keywords\":[\"tea\"]}";
  private static final String PERSONAS =
      "{\"type\":\"AUTO_GENERATE_PERSONAS\",\"payload\":{\"brand\":\"Tea\"}}";
  private static final String HOOK = "{\"url\":\"https://example.org/hook\"}";
  private static final String NIGHTLY = "{\"cron\":\"30 2 * * *\",\"type\":\"say\",\"params\":{}}";
  private static final String NEW_PASSWORD = "{\"password\":\"correct horse battery staple\"}";

  private static final String LOG_OUT = "POST /api/auth/logout";

  /// Of the callers, those who have logged in.
  private static final Map<String, String> USERS =
      Map.of("owner", "owner", "other", "other", "operator", "operator", "admin", "boss");

  private static TestIssuer issuer;
  private static TestServer server;
  private static People people;
  private static Map<String, String> callers;
  private static String webhook = "";

  @BeforeAll
  static void start() {
    issuer = TestIssuer.start();
    server =
        SeedServer.start(Map.of("OIDC_ISSUER", issuer.url(), "OIDC_AUDIENCE", TestIssuer.AUDIENCE));
    people = new People(server);
    callers = callers();
  }

  @AfterAll
  static void stop() {
    server.close();
    issuer.close();
  }

  /// Everybody, and what they bring; those who must be refused everywhere begin with `no:`, keys
  /// that lack what they need with `key:`.
  private static Map<String, String> callers() {
    people.add("owner", "user");
    people.add("other", "user");
    people.add("operator", "operator");
    people.add("boss", "admin");
    String owner = people.token("owner");
    String revoked = people.key(owner, "\"admin\"");
    people.as(owner, "DELETE", "/api-keys/" + newestKey(owner), "");
    String ended = people.token("owner");
    people.as(ended, "POST", "/api/auth/logout", "");
    Keyring keyring = server.part(Keyring.class);
    TaskTokens tasks = server.part(TaskTokens.class);

    Map<String, String> all = new LinkedHashMap<>();
    all.put("owner", owner);
    all.put("other", people.token("other"));
    all.put("operator", people.token("operator"));
    all.put("admin", people.token("boss"));
    all.put("admin token", server.token());
    all.put("other of the issuer", issuer.token("other"));
    all.put("namesake of the issuer", issuer.token("owner"));
    all.put(
        "operator of the issuer",
        issuer.token("ops", claims -> claims.claim("roles", List.of("errand-operator"))));
    all.put(
        "admin of the issuer",
        issuer.token("chief", claims -> claims.claim("roles", List.of("errand-admin"))));
    all.put("key:tasks:read", people.key(owner, "\"tasks:read\""));
    all.put("key:tasks:write", people.key(owner, "\"tasks:write\""));
    all.put("key:tasks:read,tasks:write", people.key(owner, "\"tasks:read\",\"tasks:write\""));
    all.put("no: anonymous", "");
    all.put("no: garbage", "x.y.z");
    all.put("no: revoked key", revoked);
    all.put("no: unknown key", "errand_" + "x".repeat(43));
    all.put("no: logged out", ended);
    all.put("no: expired", ForgedTokens.expired(keyring, "boss", UUID.randomUUID()));
    all.put("no: not yet good", ForgedTokens.early(keyring, "boss", UUID.randomUUID()));
    all.put("no: unsigned", ForgedTokens.unsigned(owner));
    all.put("no: tampered", ForgedTokens.tampered(owner));
    all.put("no: token of a task", tasks.issue(TaskId.next(), Duration.ofMinutes(5)));
    all.put(
        "no: expired of the issuer",
        issuer.token(
            "chief",
            claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(3_600)))));
    all.put("no: for another audience", issuer.token("chief", claims -> claims.audience("x")));
    all.put(
        "no: of another issuer", issuer.token("chief", claims -> claims.issuer("https://x.org")));
    all.put(
        "no: as if we were the issuer", issuer.token("boss", claims -> claims.issuer("errand")));
    all.put("no: unsigned of the issuer", issuer.unsigned("chief"));
    all.put("no: tampered of the issuer", ForgedTokens.tampered(issuer.token("chief")));
    return all;
  }

  /// Who comes in by a door, and what a sensible call gets there.
  private enum For {
    /// Everybody, whatever they bring.
    ALL,
    /// Whoever is known.
    KNOWN,
    /// The owner of the thing, and administrators.
    OWNER,
    OPERATORS,
    ADMINS
  }

  /// @param status what those who may come in get
  /// @param path with everything filled in, made anew for each call
  private record Door(For whom, int status, Supplier<String> path, Supplier<String> body) {}

  private static Door door(For whom, int status, Supplier<String> path, Supplier<String> body) {
    return new Door(whom, status, path, body);
  }

  private static Door door(For whom, int status, String path, String body) {
    return door(whom, status, () -> path, () -> body);
  }

  private static Door door(For whom, int status, String path) {
    return door(whom, status, path, "");
  }

  /// A door to something that the owner has just made.
  private static Door own(int status, String path, Supplier<String> id, String body) {
    return door(For.OWNER, status, () -> path.replace("{id}", id.get()), () -> body);
  }

  private static Door own(int status, String path, Supplier<String> id) {
    return own(status, path, id, "");
  }

  private static final Map<String, Door> DOORS = doors();

  private static Map<String, Door> doors() {
    Map<String, Door> doors = new LinkedHashMap<>();
    doors.put("GET /", door(For.ALL, 200, "/"));
    doors.put("GET /health", door(For.ALL, 200, "/health"));
    doors.put("GET /health/live", door(For.ALL, 200, "/health/live"));
    doors.put("GET /health/ready", door(For.ALL, 200, "/health/ready"));
    doors.put("GET /.well-known/jwks.json", door(For.ALL, 200, "/.well-known/jwks.json"));
    doors.put(
        "POST /api/auth/login",
        door(For.ALL, 401, "/api/auth/login", "{\"user\":\"no body\",\"password\":\"x\"}"));
    doors.put(
        "POST /api/auth/refresh",
        door(For.ALL, 401, "/api/auth/refresh", "{\"refresh_token\":\"x\"}"));

    doors.put("GET /api/auth/me", door(For.KNOWN, 200, "/api/auth/me"));
    doors.put(
        "POST /api/auth/password",
        door(For.KNOWN, 422, "/api/auth/password", "{\"current_password\":\"x\"}"));
    doors.put(LOG_OUT, door(For.KNOWN, 204, "/api/auth/logout"));
    doors.put(
        "POST /api/auth/signing-keys/rotate",
        door(For.ADMINS, 204, "/api/auth/signing-keys/rotate", "{}"));
    doors.put("GET /users", door(For.ADMINS, 200, "/users"));
    doors.put(
        "POST /users",
        door(
            For.ADMINS,
            201,
            () -> "/users",
            () -> "{\"name\":\"u%s\",%s".formatted(UUID.randomUUID(), NEW_PASSWORD.substring(1))));
    doors.put("GET /users/{name}", door(For.ADMINS, 200, "/users/scratch"));
    doors.put("PATCH /users/{name}", door(For.ADMINS, 200, "/users/scratch", "{}"));
    doors.put("POST /users/{name}", door(For.ADMINS, 200, "/users/scratch", "{}"));
    doors.put(
        "POST /users/{name}/password",
        door(For.ADMINS, 204, "/users/scratch/password", NEW_PASSWORD));
    doors.put("GET /api-keys", door(For.KNOWN, 200, "/api-keys"));
    doors.put(
        "POST /api-keys",
        door(For.KNOWN, 201, "/api-keys", "{\"name\":\"x\",\"scopes\":[\"tasks:read\"]}"));
    doors.put("GET /api-keys/{id}", own(200, "/api-keys/{id}", AccessMatrixTest::key));
    doors.put("DELETE /api-keys/{id}", own(204, "/api-keys/{id}", AccessMatrixTest::key));
    doors.put("GET /audit", door(For.ADMINS, 200, "/audit"));

    doors.put("GET /tasks", door(For.KNOWN, 200, "/tasks"));
    doors.put("POST /tasks", door(For.KNOWN, 202, "/tasks", SAY));
    doors.put(
        "POST /tasks/batch",
        door(For.KNOWN, 202, "/tasks/batch", "{\"tasks\":[%s]}".formatted(SAY)));
    doors.put("GET /tasks/{id}", own(200, "/tasks/{id}", AccessMatrixTest::task));
    doors.put("POST /tasks/{id}/cancel", own(200, "/tasks/{id}/cancel", AccessMatrixTest::task));
    doors.put("POST /tasks/{id}/retry", own(200, "/tasks/{id}/retry", AccessMatrixTest::cancelled));
    doors.put("GET /tasks/{id}/attempts", own(200, "/tasks/{id}/attempts", AccessMatrixTest::task));
    doors.put("GET /tasks/{id}/events", own(200, "/tasks/{id}/events", AccessMatrixTest::task));
    doors.put("GET /tasks/{id}/log", own(200, "/tasks/{id}/log", AccessMatrixTest::task));
    doors.put("GET /batches/{id}", own(200, "/batches/{id}", AccessMatrixTest::batch));
    doors.put("POST /fetch", door(For.KNOWN, 202, "/fetch", PAGE));
    doors.put("POST /search", door(For.KNOWN, 202, "/search", PAGE));
    doors.put("POST /search/batch", door(For.KNOWN, 202, "/search/batch", PAGE));
    doors.put("POST /research", door(For.KNOWN, 202, "/research", WHY));
    doors.put(
        "POST /artifacts", door(For.OWNER, 201, () -> "/artifacts", () -> artifactOf(task())));
    doors.put("GET /artifacts/{id}", own(200, "/artifacts/{id}", AccessMatrixTest::artifact));
    doors.put(
        "GET /artifacts/{id}/meta", own(200, "/artifacts/{id}/meta", AccessMatrixTest::artifact));
    doors.put("GET /dead-letters", door(For.KNOWN, 200, "/dead-letters"));
    doors.put(
        "POST /dead-letters/retry",
        door(For.KNOWN, 200, "/dead-letters/retry", "{\"type\":\"say\"}"));
    doors.put("GET /schedules", door(For.KNOWN, 200, "/schedules"));
    doors.put("POST /schedules", door(For.KNOWN, 201, "/schedules", NIGHTLY));
    doors.put("GET /schedules/{id}", own(200, "/schedules/{id}", AccessMatrixTest::schedule));
    doors.put(
        "PUT /schedules/{id}", own(200, "/schedules/{id}", AccessMatrixTest::schedule, NIGHTLY));
    doors.put(
        "PATCH /schedules/{id}", own(200, "/schedules/{id}", AccessMatrixTest::schedule, "{}"));
    doors.put("DELETE /schedules/{id}", own(204, "/schedules/{id}", AccessMatrixTest::schedule));
    doors.put(
        "POST /schedules/{id}/pause",
        own(200, "/schedules/{id}/pause", AccessMatrixTest::schedule));
    doors.put(
        "POST /schedules/{id}/resume",
        own(200, "/schedules/{id}/resume", AccessMatrixTest::schedule));
    doors.put(
        "POST /schedules/{id}/trigger",
        own(202, "/schedules/{id}/trigger", AccessMatrixTest::schedule));
    doors.put(
        "GET /schedules/{id}/runs", own(200, "/schedules/{id}/runs", AccessMatrixTest::schedule));
    doors.put("GET /limits", door(For.KNOWN, 200, "/limits"));
    doors.put("GET /budgets", door(For.KNOWN, 200, "/budgets"));
    doors.put("GET /queues", door(For.OPERATORS, 200, "/queues"));
    doors.put("PUT /queues/{name}", door(For.OPERATORS, 200, "/queues/matrix", "{}"));
    doors.put("POST /queues/{name}/pause", door(For.OPERATORS, 200, "/queues/matrix/pause"));
    doors.put("POST /queues/{name}/resume", door(For.OPERATORS, 200, "/queues/matrix/resume"));
    doors.put("GET /workers", door(For.OPERATORS, 200, "/workers"));
    doors.put("GET /metrics", door(For.OPERATORS, 200, "/metrics"));
    doors.putAll(livingDoors());
    doors.putAll(seedDoors());
    return doors;
  }

  private static Map<String, Door> livingDoors() {
    Map<String, Door> doors = new LinkedHashMap<>();
    doors.put("GET /openapi.json", door(For.ALL, 200, "/openapi.json"));
    doors.put("GET /docs", door(For.ALL, 200, "/docs"));
    doors.put("GET /docs/style.css", door(For.ALL, 200, "/docs/style.css"));
    doors.put("GET /events", door(For.KNOWN, 200, "/events"));
    doors.put("GET /events/live", door(For.KNOWN, 426, "/events/live"));
    doors.put("GET /tasks/{id}/live", own(426, "/tasks/{id}/live", AccessMatrixTest::task));
    doors.put("GET /webhooks", door(For.KNOWN, 200, "/webhooks"));
    doors.put("POST /webhooks", door(For.KNOWN, 201, "/webhooks", HOOK));
    doors.put("GET /webhooks/{id}", own(200, "/webhooks/{id}", AccessMatrixTest::webhook));
    doors.put("PUT /webhooks/{id}", own(200, "/webhooks/{id}", AccessMatrixTest::webhook, HOOK));
    doors.put("PATCH /webhooks/{id}", own(200, "/webhooks/{id}", AccessMatrixTest::webhook, "{}"));
    doors.put("DELETE /webhooks/{id}", own(204, "/webhooks/{id}", AccessMatrixTest::newWebhook));
    doors.put(
        "POST /webhooks/{id}/rotate-secret",
        own(200, "/webhooks/{id}/rotate-secret", AccessMatrixTest::webhook));
    doors.put(
        "GET /webhooks/{id}/deliveries",
        own(200, "/webhooks/{id}/deliveries", AccessMatrixTest::webhook));
    String delivery = "/webhooks/{id}/deliveries/" + UUID.randomUUID();
    doors.put(
        "GET /webhooks/{id}/deliveries/{delivery}", own(404, delivery, AccessMatrixTest::webhook));
    doors.put(
        "POST /webhooks/{id}/deliveries/{delivery}/redeliver",
        own(404, delivery + "/redeliver", AccessMatrixTest::webhook));
    doors.put("GET /runs", door(For.KNOWN, 200, "/runs"));
    doors.put("POST /runs", door(For.KNOWN, 201, () -> "/runs", () -> "{\"key\":\"k\"}"));
    doors.put("GET /runs/processed", door(For.KNOWN, 200, "/runs/processed?key=k"));
    doors.put("GET /runs/latest", door(For.KNOWN, 404, "/runs/latest?key=none"));
    doors.put("GET /runs/{id}", own(200, "/runs/{id}", AccessMatrixTest::run));
    doors.put(
        "POST /runs/{id}/end",
        own(200, "/runs/{id}/end", AccessMatrixTest::run, "{\"status\":\"completed\"}"));
    doors.put(
        "POST /runs/{id}/metrics",
        own(204, "/runs/{id}/metrics", AccessMatrixTest::run, "{\"name\":\"pages\",\"value\":3}"));
    doors.put(
        "POST /runs/{id}/notes",
        own(204, "/runs/{id}/notes", AccessMatrixTest::run, "{\"text\":\"x\"}"));
    doors.put("DELETE /runs/{id}", own(204, "/runs/{id}", AccessMatrixTest::run));
    return doors;
  }

  private static Map<String, Door> seedDoors() {
    Map<String, Door> doors = new LinkedHashMap<>();
    String once = "/api/one-time-researches";
    doors.put("POST " + once, door(For.KNOWN, 202, once, WHY));
    doors.put("GET " + once, door(For.KNOWN, 200, once));
    doors.put("GET " + once + "/{id}", own(200, once + "/{id}", AccessMatrixTest::research));
    doors.put(
        "POST /api/internal/run-one-time-research/{id}",
        door(For.ALL, 401, "/api/internal/run-one-time-research/" + TaskId.next()));
    String often = "/api/infinite-researches";
    Supplier<String> nightly = () -> made(often, NIGHTLY_WHY, "id");
    doors.put("POST " + often, door(For.KNOWN, 201, often, NIGHTLY_WHY));
    doors.put("GET " + often, door(For.KNOWN, 200, often));
    doors.put("GET " + often + "/{id}", own(200, often + "/{id}", nightly));
    doors.put("PUT " + often + "/{id}", own(200, often + "/{id}", nightly, NIGHTLY_WHY));
    doors.put("PATCH " + often + "/{id}", own(200, often + "/{id}", nightly, "{}"));
    doors.put("DELETE " + often + "/{id}", own(204, often + "/{id}", nightly));
    doors.put("GET " + often + "/{id}/executions", own(200, often + "/{id}/executions", nightly));
    String blog = "/api/v1/blog";
    String write = blog + "/generate-enhanced?async_mode=true";
    Supplier<String> post = () -> made(write, POST, "job_id");
    doors.put("POST " + blog + "/generate-enhanced", door(For.KNOWN, 202, write, POST));
    doors.put(
        "POST " + blog + "/batch",
        door(For.KNOWN, 202, blog + "/batch", "{\"blogs\":[%s]}".formatted(POST)));
    doors.put("GET " + blog + "/jobs", door(For.KNOWN, 200, blog + "/jobs"));
    doors.put("GET " + blog + "/jobs/{job_id}", own(200, blog + "/jobs/{id}", post));
    doors.put("POST " + blog + "/jobs/{job_id}/cancel", own(200, blog + "/jobs/{id}/cancel", post));
    doors.put(
        "POST " + blog + "/worker", door(For.ALL, 401, blog + "/worker", "{\"job_id\":\"x\"}"));
    doors.put("POST /api/research/start", door(For.KNOWN, 202, "/api/research/start", WHY));
    doors.put(
        "GET /api/research/status/{job_id}",
        own(200, "/api/research/status/{id}", () -> made("/api/research/start", WHY, "job_id")));
    doors.put(
        "GET /api/research/live/{job_id}",
        own(426, "/api/research/live/{id}", () -> made("/api/research/start", WHY, "job_id")));
    doors.put("POST /api/jobs", door(For.KNOWN, 202, "/api/jobs?action=create", PERSONAS));
    doors.put(
        "GET /api/jobs",
        own(
            200,
            "/api/jobs?action=status&taskId={id}",
            () -> made("/api/jobs?action=create", PERSONAS, "taskId")));
    return doors;
  }

  /// Always the same one: nobody may have many.
  private static String webhook() {
    if (webhook.isEmpty()) {
      webhook = newWebhook();
    }
    return webhook;
  }

  private static String newWebhook() {
    return made("/webhooks", HOOK, "id");
  }

  private static String run() {
    return made("/runs", "{\"key\":\"k%s\"}".formatted(UUID.randomUUID()), "id");
  }

  private static String research() {
    return made("/api/one-time-researches", WHY, "id");
  }

  private static String token(String caller) {
    return Objects.requireNonNull(callers.get(caller));
  }

  private static String task() {
    return made("/tasks", SAY, "id");
  }

  private static String cancelled() {
    String task = task();
    people.as(token("owner"), "POST", "/tasks/" + task + "/cancel", "");
    return task;
  }

  private static String batch() {
    return made("/tasks/batch", "{\"tasks\":[%s]}".formatted(SAY), "batch_id");
  }

  private static String schedule() {
    return made("/schedules", NIGHTLY, "id");
  }

  private static String artifact() {
    return made("/artifacts", artifactOf(task()), "id");
  }

  private static String artifactOf(String task) {
    return """
    {"task_id":"%s","type":"note","content_type":"text/plain","data_base64":"aGk="}\
    """
        .formatted(task);
  }

  private static String key() {
    return made("/api-keys", "{\"name\":\"x\",\"scopes\":[\"tasks:read\"]}", "id");
  }

  private static String newestKey(String token) {
    return people.as(token, "/api-keys").json().at("/api_keys/0/id").asString();
  }

  private static String made(String path, String json, String field) {
    Answer answer = people.as(token("owner"), "POST", path, json);
    assertThat(answer.status()).as(answer.body()).isLessThan(300);
    return answer.json().path(field).asString();
  }

  /// What `caller` must get at the door.
  private static int expected(Door door, String method, String caller) {
    if (door.whom() == For.ALL) {
      return door.status();
    }
    if (caller.startsWith("no:")) {
      return 401;
    }
    if (caller.startsWith("key:")) {
      return expectedOfKey(door, method, caller);
    }
    boolean admin = caller.startsWith("admin");
    boolean comesIn =
        switch (door.whom()) {
          case ALL, KNOWN -> true;
          case OWNER -> admin || caller.equals("owner");
          case OPERATORS -> admin || caller.startsWith("operator");
          case ADMINS -> admin;
        };
    return comesIn ? door.status() : door.whom() == For.OWNER ? 404 : 403;
  }

  /// The keys are the owner's and lack the scope `admin`.
  private static int expectedOfKey(Door door, String method, String caller) {
    String path = door.path().get();
    boolean ofIdentity =
        !path.equals("/api/auth/me")
            && List.of("/api/auth", "/users", "/api-keys", "/audit").stream()
                .anyMatch(path::startsWith);
    String scope = method.equals("GET") ? "tasks:read" : "tasks:write";
    if (ofIdentity || !caller.contains(scope)) {
      return 403;
    }
    return switch (door.whom()) {
      case ALL, KNOWN, OWNER -> door.status();
      case OPERATORS, ADMINS -> 403;
    };
  }

  @Test
  void every_door_is_expected_here_and_every_expectation_has_its_door() {
    assertThat(registered()).containsExactlyInAnyOrderElementsOf(DOORS.keySet());
  }

  private static Set<String> registered() {
    Set<String> doors = new TreeSet<>();
    for (RequestMappingInfo info :
        server.part(RequestMappingHandlerMapping.class).getHandlerMethods().keySet()) {
      for (String pattern : info.getPatternValues()) {
        for (RequestMethod method : info.getMethodsCondition().getMethods()) {
          doors.add(method + " " + pattern);
        }
        assertThat(info.getMethodsCondition().getMethods()).as(pattern).isNotEmpty();
      }
    }
    return doors;
  }

  @Test
  void everybody_gets_at_every_door_what_is_expected() {
    people.add("scratch", "user");
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (String name : DOORS.keySet()) {
      for (Map.Entry<String, String> caller : callers.entrySet()) {
        String complaint = call(name, caller.getKey(), caller.getValue());
        checked++;
        if (complaint != null) {
          wrong.add(complaint);
        }
      }
    }

    System.out.printf(
        "Access matrix: %d doors x %d callers = %d combinations checked%n",
        DOORS.size(), callers.size(), checked);
    assertThat(wrong).isEmpty();
    assertThat(checked).isEqualTo(DOORS.size() * callers.size());
  }

  private static @Nullable String call(String name, String caller, String token) {
    Door door = Objects.requireNonNull(DOORS.get(name));
    String method = name.split(" ", 2)[0];
    int expected = expected(door, method, caller);
    // Whoever logs out is nobody afterwards.
    String user = LOG_OUT.equals(name) ? USERS.get(caller) : null;
    Answer answer = server.send(request(door, method, user == null ? token : people.token(user)));
    boolean right = answer.status() == expected && (expected < 400 || !answer.problem().isEmpty());
    return right
        ? null
        : "%s by %s: %d instead of %d %s"
            .formatted(name, caller, answer.status(), expected, answer.body());
  }

  private static HttpRequest.Builder request(Door door, String method, String token) {
    String body = door.body().get();
    HttpRequest.Builder request =
        server
            .anonymous(door.path().get())
            .header("Accept", "application/json, text/plain")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /// It is no door of Spring's, so it is not in the matrix.
  @Test
  void the_door_for_language_models_lets_in_whoever_may_read() {
    String initialize =
        """
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion":
         "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}
        """;
    callers.forEach((caller, token) -> {
      HttpRequest.Builder call =
          server
              .anonymous("/mcp")
              .header("Accept", "application/json, text/event-stream")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(initialize));
      Answer answer =
          server.send(token.isEmpty() ? call : call.header("Authorization", "Bearer " + token));
      int expected = caller.startsWith("no:") ? 401 : caller.equals("key:tasks:write") ? 403 : 200;
      assertThat(answer.status()).as(caller).isEqualTo(expected);
    });
  }

  @Test
  void what_is_not_there_is_answered_like_what_is_somebody_elses() {
    Function<String, String> problem =
        id -> people.as(token("other"), "/tasks/" + id).body().replace(id, "…");

    assertThat(problem.apply(task())).isEqualTo(problem.apply(TaskId.next().toString()));
  }

  @Test
  void nobody_sees_in_a_list_what_is_somebody_elses() {
    String task = task();
    String schedule = schedule();
    String other = token("other");

    for (String path : List.of("/tasks", "/schedules", "/dead-letters", "/api-keys")) {
      assertThat(people.as(other, path).body())
          .as(path)
          .doesNotContain(task, schedule, "owner\":\"owner");
      assertThat(people.as(other, path + "?owner=owner").status()).as(path).isEqualTo(403);
      assertThat(people.as(other, path + "?owner=*").status()).as(path).isEqualTo(403);
      assertThat(people.as(token("operator"), path + "?owner=owner").status())
          .as(path)
          .isEqualTo(403);
      assertThat(people.as(token("admin token"), path + "?owner=owner").status())
          .as(path)
          .isEqualTo(200);
    }
  }
}
