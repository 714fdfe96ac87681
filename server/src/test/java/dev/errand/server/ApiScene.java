package dev.errand.server;

import dev.errand.server.ApiDescription.Operation;
import dev.errand.server.TestServer.Answer;
import tools.jackson.databind.JsonNode;

/// What the calls of a description are about: its paths and examples name things, and here they are
/// made.
final class ApiScene {
  /// The id that the examples use for a task that is there.
  private static final String SOME_TASK = "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f";

  private final TestServer server;
  private boolean madeSomething = true;

  ApiScene(TestServer server) {
    this.server = server;
  }

  /// The operation's path, about something that is there and in a state where the call works.
  String path(Operation operation) {
    String path = operation.path();
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
      case String queue when queue.startsWith("/queues/{name}") -> "nightly";
      default -> throw new AssertionError("Say here what " + path + " is to be called with");
    };
  }

  /// An example with the ids of things that are there.
  String body(JsonNode example) {
    String body = example.toString();
    return body.contains(SOME_TASK) ? body.replace(SOME_TASK, task()) : body;
  }

  private static final String ECHO = "{\"type\": \"echo\", \"params\": {\"msg\": \"hello\"}}";

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
