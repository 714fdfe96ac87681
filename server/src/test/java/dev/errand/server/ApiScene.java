package dev.errand.server;

import dev.errand.server.ApiDescription.Operation;
import dev.errand.server.TestServer.Answer;
import dev.errand.server.wiring.Types;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the calls of a description are about: its paths and examples name things, and here they are
/// made.
final class ApiScene {
  /// A server with which every example works: it has a language model and a search engine to name,
  /// and calls none.
  static TestServer server() {
    return TestServer.start(
        Map.of(
            "TASKS_PER_MINUTE", "1000000",
            "BRAVE_API_KEY", "none",
            "LLM_PROVIDER", "openai",
            "LLM_MODEL", "none",
            "LLM_API_KEY", "none",
            "LLM_BASE_URL", "http://127.0.0.1:1"),
        Types.class);
  }

  /// The id that the examples use for a task that is there.
  private static final String SOME_TASK = "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f";

  /// Likewise for what a login answers with.
  private static final String SOME_REFRESH_TOKEN = "the-refresh-token-of-the-login";

  private final TestServer server;
  private boolean madeSomething = true;
  private boolean knowsAda;
  private @Nullable String refreshToken;

  ApiScene(TestServer server) {
    this.server = server;
  }

  /// The operation's path, about something that is there and in a state where the call works.
  String path(Operation operation) {
    String path = operation.path().replace("{delivery}", SOME_TASK);
    if (path.equals("/runs/latest")) {
      run();
    }
    return path.contains("{") ? path.replaceFirst("\\{\\w+}", inPath(path)) : path;
  }

  private String inPath(String path) {
    return switch (path) {
      // Streams of tasks that go on would never end.
      case "/tasks/{id}/retry", "/tasks/{id}/events", "/tasks/{id}/log" -> cancelledTask();
      case String task when task.startsWith("/tasks/{id}") -> task();
      case "/batches/{id}" ->
          made("/tasks/batch", "{\"tasks\": [" + ECHO + "]}").path("batch_id").asString();
      case String artifact when artifact.startsWith("/artifacts/{id}") -> artifact();
      case String schedule when schedule.startsWith("/schedules/{id}") ->
          id(made("/schedules", "{\"cron\": \"@daily\", \"type\": \"echo\", \"params\": {}}"));
      case String webhook when webhook.startsWith("/webhooks/{id}") -> webhook();
      case String run when run.startsWith("/runs/{id}") -> run();
      case "/api-keys/{id}" ->
          id(made("/api-keys", "{\"name\": \"key\", \"scopes\": [\"tasks:read\"]}"));
      case String user when user.startsWith("/users/{name}") -> user();
      case "/api/one-time-researches/{id}", "/api/internal/run-one-time-research/{id}" ->
          id(made("/api/one-time-researches", PROMPT));
      case String infinite when infinite.startsWith("/api/infinite-researches/{id}") ->
          id(
              made(
                  "/api/infinite-researches",
                  "{\"prompt\": \"What is new?\", \"cron\": \"@daily\"}"));
      case "/api/research/status/{job_id}", "/api/research/live/{job_id}" ->
          made("/api/research/start", PROMPT).path("job_id").asString();
      case String blog when blog.startsWith("/api/v1/blog/jobs/{job_id}") ->
          made("/api/v1/blog/generate-enhanced?async_mode=true", "{\"topic\": \"Queues\"}")
              .path("job_id")
              .asString();
      case String queue when queue.startsWith("/queues/{name}") -> "nightly";
      default -> throw new AssertionError("Say here what " + path + " is to be called with");
    };
  }

  /// The example of a parameter of a query, as part of an address.
  String query(Operation operation, JsonNode parameter) {
    String value = parameter.path("example").asString();
    boolean job = operation.path().equals("/api/jobs") && value.equals(SOME_TASK);
    return parameter.path("name").asString() + "=" + (job ? job() : value);
  }

  /// An example with the ids and tokens of things that are there.
  String body(JsonNode example) {
    String body = example.toString();
    if (body.contains("\"ada\"")) {
      user();
    }
    if (body.contains(SOME_REFRESH_TOKEN)) {
      return body.replace(SOME_REFRESH_TOKEN, refreshToken());
    }
    return body.contains(SOME_TASK) ? body.replace(SOME_TASK, task()) : body;
  }

  private static final String ECHO = "{\"type\": \"echo\", \"params\": {\"msg\": \"hello\"}}";

  private static final String PROMPT = "{\"prompt\": \"Who is next?\"}";
  private static final String PASSWORD = "correct horse battery staple";

  /// The only one: nobody may have many.
  private String webhook() {
    server
        .get("/webhooks?limit=200")
        .json()
        .path("webhooks")
        .valueStream()
        .forEach(one -> server.send(server.request("/webhooks/" + id(one)).DELETE()));
    return id(made("/webhooks", "{\"url\": \"https://example.org/\"}"));
  }

  private String run() {
    return id(made("/runs", "{\"key\": \"abc123\", \"scope\": \"search\"}"));
  }

  private String job() {
    String job = "{\"type\": \"GENERATE_MEDIA_PLAN\", \"payload\": {\"objective\": \"Grow\"}}";
    return made("/api/jobs?action=create", job).path("taskId").asString();
  }

  /// The one user that the examples know.
  private String user() {
    if (!knowsAda) {
      made("/users", "{\"name\": \"ada\", \"password\": \"" + PASSWORD + "\"}");
      knowsAda = true;
    }
    return "ada";
  }

  /// That of one login; who uses it twice is refused.
  private String refreshToken() {
    if (refreshToken == null) {
      String eve = "\"eve\", \"password\": \"" + PASSWORD + "\"}";
      made("/users", "{\"name\": " + eve);
      refreshToken = made("/api/auth/login", "{\"user\": " + eve).path("refresh_token").asString();
    }
    return refreshToken;
  }

  private String task() {
    return id(made("/tasks", ECHO));
  }

  private String cancelledTask() {
    String task = task();
    made("/tasks/" + task + "/cancel", "{}");
    return task;
  }

  private String artifact() {
    String upload =
        """
        {"task_id": "%s", "type": "note", "content_type": "text/plain", "data_base64": "aGVsbG8="}
        """
            .formatted(task());
    return id(made("/artifacts", upload));
  }

  private static String id(JsonNode made) {
    return made.path("id").asString();
  }

  /// Whether anything was made since the last time this was asked.
  boolean madeSomething() {
    boolean made = madeSomething;
    madeSomething = false;
    return made;
  }

  private JsonNode made(String path, String body) {
    madeSomething = true;
    Answer answer = server.post(path, body);
    if (answer.status() / 100 != 2) {
      throw new AssertionError(path + " says " + answer.body());
    }
    return answer.json();
  }
}
