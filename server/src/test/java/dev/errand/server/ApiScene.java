package dev.errand.server;

import static org.awaitility.Awaitility.await;

import dev.errand.server.ApiDescription.Operation;
import dev.errand.server.TestServer.Answer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What the calls of a description are about: its paths and examples name things, and here they are
/// made.
final class ApiScene {
  /// The id that the examples use for a task that is there.
  private static final String SOME_TASK = "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f";

  /// The same for a finished blog job and for a job.
  private static final String SOME_BLOG = "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e60";

  private static final String SOME_JOB = "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e61";

  /// The refresh token that the examples use.
  private static final String SOME_REFRESH_TOKEN =
      "0a4f6d1e-3c57-4b8e-9a52-6f1d7c20b3e8.the-last-refresh-token";

  /// The user who logs in in the examples, with the password of all [People].
  private static final String SOME_USER = "maria";

  /// Nobody may have more than fifty.
  private static final int MANY_WEBHOOKS = 40;

  private final TestServer server;
  private final People people;
  private boolean madeSomething = true;
  private String refreshToken = "";

  ApiScene(TestServer server) {
    this.server = server;
    this.people = new People(server);
    people.add(SOME_USER, "user");
  }

  /// What a caller shows instead of the administrator's token, who has no password to change and
  /// hands over no tasks.
  ///
  /// @param said the call's path and body
  Optional<String> token(Operation operation, String said) {
    return operation.path().equals("/api/auth/password")
        ? Optional.of(people.token(user()))
        : taskToken(operation, said);
  }

  /// Whether the answer of that type goes on for ever.
  boolean endless(Operation operation, String type) {
    return operation.path().equals("/events") && type.equals("text/event-stream");
  }

  /// The operation's path, about something that is there and in a state where the call works.
  String path(Operation operation) {
    String path = operation.path();
    return path.contains("{") ? path.replaceFirst("\\{.+}", inPath(path)) : path;
  }

  /// What stands in the place of the variables, from the first to the last.
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
      case String delivery when delivery.contains("/{delivery}") -> delivery();
      case String webhook when webhook.startsWith("/webhooks/{id}") -> webhook();
      case String user when user.startsWith("/users/{name}") -> user();
      case "/api-keys/{id}" ->
          id(made("/api-keys", "{\"name\": \"scene\", \"scopes\": [\"tasks:read\"]}"));
      case String queue when queue.startsWith("/queues/{name}") -> "nightly";
      case "/api/one-time-researches/{id}" -> id(made("/api/one-time-researches", RESEARCH));
      case "/api/internal/run-one-time-research/{id}" ->
          cancelled(id(made("/api/one-time-researches", RESEARCH)));
      case String infinite when infinite.startsWith("/api/infinite-researches/{id}") -> infinite();
      case "/api/research/status/{job_id}", "/api/research/live/{job_id}" ->
          made("/api/research/start", RESEARCH).path("job_id").asString();
      case String blog when blog.startsWith("/api/v1/blog/jobs/{job_id}") -> blog();
      case String run when run.startsWith("/runs/{id}") -> run();
      default -> throw new AssertionError("Say here what " + path + " is to be called with");
    };
  }

  /// An example with the ids of things that are there.
  String body(JsonNode example) {
    return filled(example.toString());
  }

  /// The same of a query.
  String filled(String text) {
    String filled = text;
    filled =
        filled.contains(SOME_REFRESH_TOKEN)
            ? filled.replace(SOME_REFRESH_TOKEN, refreshToken())
            : filled;
    filled = filled.contains(SOME_TASK) ? filled.replace(SOME_TASK, task()) : filled;
    filled = filled.contains(SOME_BLOG) ? filled.replace(SOME_BLOG, cancelled(blog())) : filled;
    return filled.contains(SOME_JOB) ? filled.replace(SOME_JOB, job()) : filled;
  }

  /// Where a queue hands over a task, the token of the task that `said` names.
  Optional<String> taskToken(Operation operation, String said) {
    Matcher id = ID.matcher(said);
    boolean handsOver = operation.json().path("security").findValue("task_token") != null;
    return handsOver && id.find()
        ? Optional.of(SeedServer.tokenFor(server, id.group()))
        : Optional.empty();
  }

  /// Always the same one: it is not long that anybody may log in often.
  private String refreshToken() {
    if (refreshToken.isEmpty()) {
      Answer loggedIn = people.logIn(SOME_USER, People.PASSWORD);
      refreshToken = loggedIn.json().path("refresh_token").asString();
      madeSomething = true;
    }
    return refreshToken;
  }

  private String user() {
    String name = "user-" + UUID.randomUUID();
    people.add(name, "user");
    madeSomething = true;
    return name;
  }

  private String webhook() {
    List<JsonNode> webhooks =
        server.get("/webhooks?limit=200").json().path("webhooks").valueStream().toList();
    if (webhooks.size() > MANY_WEBHOOKS) {
      webhooks.forEach(one -> server.send(server.request("/webhooks/" + id(one)).DELETE()));
    }
    return id(made("/webhooks", "{\"url\": \"https://example.org/hook\"}"));
  }

  /// One that has failed: nobody brings it there any more.
  private String delivery() {
    String path = "/webhooks/" + webhook() + "/deliveries";
    cancelledTask();
    JsonNode delivery =
        await()
            .until(() -> server.get(path).json().at("/deliveries/0"), found -> found.isObject());
    made(delivery.at("/links/carrier").asString() + "/cancel", "{}");
    return delivery.at("/links/self").asString().substring("/webhooks/".length());
  }

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String RESEARCH = "{\"prompt\": \"Who is next?\"}";
  private static final String ECHO = "{\"type\": \"echo\", \"params\": {\"msg\": \"hello\"}}";

  private String task() {
    return id(made("/tasks", ECHO));
  }

  private String cancelledTask() {
    return cancelled(task());
  }

  private String cancelled(String task) {
    made("/tasks/" + task + "/cancel", "{}");
    return task;
  }

  private String infinite() {
    String id =
        id(
            made(
                "/api/infinite-researches",
                "{\"prompt\": \"What is new?\", \"cron\": \"@daily\"}"));
    made("/schedules/" + id + "/trigger", "{}");
    return id;
  }

  private String blog() {
    String blog = "{\"topic\": \"Presents\", \"dry_run\": true}";
    return made("/api/v1/blog/generate-enhanced?async_mode=true", blog).path("job_id").asString();
  }

  private String job() {
    String job =
        "{\"type\": \"GENERATE_MEDIA_PLAN\","
            + " \"payload\": {\"objective\": \"More visitors\", \"dry_run\": true}}";
    return made("/api/jobs?action=create", job).path("taskId").asString();
  }

  private String run() {
    String run = id(made("/runs", "{\"key\": \"abc123\", \"scope\": \"search\"}"));
    made("/runs/" + run + "/metrics", "{\"name\": \"hits\", \"value\": 3.5}");
    made("/runs/" + run + "/notes", "{\"text\": \"Went well.\"}");
    return run;
  }

  private String artifact() {
    String upload =
        "{\"task_id\": \"%s\", \"type\": \"note\", \"content_type\": \"text/plain\","
            + " \"data_base64\": \"aGVsbG8=\"}";
    return id(made("/artifacts", upload.formatted(task())));
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
