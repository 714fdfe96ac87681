package dev.errand.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls one Errand server as one user. Thread-safe.
///
/// Every method blocks until the server has answered, and throws [Refused] when the server says no
/// or [Unreachable] when none answers within 30 seconds.
public final class ErrandClient {
  private static final Duration SILENCE = Http.SILENCE;

  private final Http http;
  private final Following.Time time;

  ErrandClient(Http http, Following.Time time) {
    this.http = http;
    this.time = time;
  }

  /// A client of the server at `url`.
  ///
  /// @param token absent for a server that asks for none
  /// @throws IllegalArgumentException when `url` is not an `http` or `https` address
  public static ErrandClient of(String url, @Nullable String token) {
    return new ErrandClient(new Http(address(url), token), Following.Time.REAL);
  }

  /// Submits a task under a key of its own, so that it is stored once however often the network
  /// repeats the request.
  public Task submit(Submission submission) {
    return submit(submission, UUID.randomUUID().toString());
  }

  /// Submits a task; the same key and submission give the same task back.
  public Task submit(Submission submission, String idempotencyKey) {
    return submit("/tasks", submission.body(), idempotencyKey);
  }

  /// Submits all of `submissions` or none, under a key of their own.
  ///
  /// @param submissions 1 to 1,000
  public Batch.Accepted submitAll(List<Submission> submissions) {
    return submitAll(submissions, UUID.randomUUID().toString());
  }

  /// Submits all of `submissions` or none; the same key and submissions give the same batch back.
  public Batch.Accepted submitAll(List<Submission> submissions, String idempotencyKey) {
    ObjectNode body = Json.object();
    ArrayNode tasks = body.putArray("tasks");
    submissions.forEach(submission -> tasks.add(submission.body()));
    return Batch.Accepted.of(post("/tasks/batch", body, idempotencyKey));
  }

  /// How the tasks stand that were submitted together.
  public Batch batch(String id) {
    return Batch.of(http.get("/batches/" + encoded(id)));
  }

  /// Rules that submit tasks.
  public Schedules schedules() {
    return new Schedules(http);
  }

  public Task research(Research research) {
    return submit("/research", research.body(), UUID.randomUUID().toString());
  }

  /// Fetches a page.
  ///
  /// @param readerMode whether to keep the text a reader would see, without menus and the like
  /// @param storeRawHtml whether to keep the page as it came, too
  public Task fetch(String url, boolean readerMode, boolean storeRawHtml) {
    ObjectNode body =
        Json.object()
            .put("url", url)
            .put("reader_mode", readerMode)
            .put("store_raw_html", storeRawHtml);
    return submit("/fetch", body, UUID.randomUUID().toString());
  }

  /// Searches.
  ///
  /// @param sources whom to ask, by name; empty for the one the installation usually asks
  public Task search(String query, List<String> sources) {
    ObjectNode body = asking(sources).put("query", query);
    return submit("/search", body, UUID.randomUUID().toString());
  }

  /// Searches for several things at once.
  ///
  /// @param queries one or more
  /// @param sources whom to ask, by name; empty for the one the installation usually asks
  public Task searchBatch(List<String> queries, List<String> sources) {
    ObjectNode body = asking(sources);
    queries.forEach(body.putArray("queries")::add);
    return submit("/search/batch", body, UUID.randomUUID().toString());
  }

  private static ObjectNode asking(List<String> sources) {
    ObjectNode body = Json.object();
    if (!sources.isEmpty()) {
      sources.forEach(body.putArray("sources")::add);
    }
    return body;
  }

  public Task task(String id) {
    return Task.of(http.get(taskPath(id)));
  }

  public TaskPage tasks(TaskQuery query) {
    List<String> criteria = new ArrayList<>(List.of("limit=" + query.limit()));
    criterion(criteria, "status", query.status());
    criterion(criteria, "type", query.type());
    criterion(criteria, "tag", query.tag());
    criterion(criteria, "cursor", query.cursor());
    return TaskPage.of(http.get("/tasks?" + String.join("&", criteria)));
  }

  /// Asks the task to stop; it may go on for a moment.
  public Task cancel(String id) {
    return Task.of(http.post(taskPath(id) + "/cancel"));
  }

  /// Puts a failed or cancelled task back in its queue, its finished steps kept.
  public Task retry(String id) {
    return Task.of(http.post(taskPath(id) + "/retry"));
  }

  /// The newest tasks that failed, with why.
  ///
  /// @param type absent for every type
  /// @param limit 1 to 200
  public TaskPage deadLetters(@Nullable String type, int limit) {
    List<String> criteria = new ArrayList<>(List.of("limit=" + limit));
    criterion(criteria, "type", type);
    return TaskPage.of(http.get("/dead-letters?" + String.join("&", criteria)));
  }

  /// Puts failed tasks back in their queues, their finished steps kept.
  ///
  /// @param ids 1,000 at most; those of tasks that did not fail are passed over
  /// @return the ids of the tasks that were put back
  public List<String> retryFailed(List<String> ids) {
    ObjectNode body = Json.object();
    body.set("ids", Json.array(ids));
    return Json.list(http.post("/dead-letters/retry", body).path("task_ids"), JsonNode::asString);
  }

  /// Every queue with tasks that have not ended, or about which something was decided.
  public List<Queue> queues() {
    return Json.list(http.get("/queues").path("queues"), Queue::of);
  }

  /// No task of the queue starts until it is resumed.
  public Queue pause(String queue) {
    return Queue.of(http.post("/queues/" + encoded(queue) + "/pause"));
  }

  public Queue resume(String queue) {
    return Queue.of(http.post("/queues/" + encoded(queue) + "/resume"));
  }

  /// Lets only so many tasks of the queue run at a time.
  ///
  /// @param all absent for any number
  /// @param sameKey of one owner with one concurrency key, absent for one
  public Queue limit(String queue, @Nullable Integer all, @Nullable Integer sameKey) {
    ObjectNode body = Json.object();
    if (all != null) {
      body.put("concurrency_limit", all);
    }
    if (sameKey != null) {
      body.put("key_limit", sameKey);
    }
    String path = "/queues/" + encoded(queue);
    return Queue.of(http.put(path, body));
  }

  /// What the server allows, each limit under its variable's name in lower case.
  public JsonNode limits() {
    return http.get("/limits");
  }

  /// What one's tasks may spend today, and what they have.
  public JsonNode budgets() {
    return http.get("/budgets");
  }

  /// The workers of all nodes.
  public List<Worker> workers() {
    return Json.list(http.get("/workers").path("workers"), Worker::of);
  }

  /// The users of the server and the API keys.
  public People people() {
    return new People(http);
  }

  public List<Attempt> attempts(String id) {
    return Json.list(http.get(taskPath(id) + "/attempts").path("attempts"), Attempt::of);
  }

  /// The events after number `after` that one page holds; an empty list when there are none yet.
  public List<Event> events(String id, long after) {
    var headers = Map.of("Accept", Http.JSON, "Last-Event-ID", Long.toString(after));
    JsonNode page = http.json(Http.Request.get(taskPath(id) + "/events", headers, SILENCE));
    return Json.list(page.path("events"), Event::of).stream()
        .filter(event -> event.number() > after)
        .toList();
  }

  /// Waits until a task has ended, over cut connections and restarts of the server.
  ///
  /// @throws Unreachable when no server has answered for 3 minutes
  public Task watch(String id) {
    return watch(id, _ -> {});
  }

  /// Follows a task from its first event on until it has ended, as [#watch(String, long,
  /// FollowListener)] does.
  public Task watch(String id, FollowListener listener) {
    return watch(id, 0, listener);
  }

  /// Follows a task from its event `after` on until it has ended, over cut connections and restarts
  /// of the server. Where something on the way swallows the stream, it asks for what is new again
  /// and again: after 1 s, then half as long again each time, 30 s at most.
  ///
  /// @param after number of the last event that is already known, 0 for none
  /// @throws Unreachable when no server has answered for 3 minutes
  public Task watch(String id, long after, FollowListener listener) {
    EventReader reader = new EventReader(this, http, id, after, listener::event);
    new Following(time, listener::waiting).follow(reader);
    return reader.ended();
  }

  /// Reads a task's log, oldest line first.
  ///
  /// @param follow whether to wait for further lines until the task has ended
  public void log(String id, boolean follow, Consumer<LogLine> lines) {
    LogReader reader = new LogReader(this, http, id, follow, lines);
    new Following(time, (_, _) -> {}).follow(reader);
  }

  /// Adds an artifact to one of one's own tasks.
  ///
  /// @param type what it is for, such as `note`
  /// @param contentType a media type
  public Artifact upload(String task, String type, String contentType, byte[] content) {
    ObjectNode body =
        Json.object()
            .put("task_id", task)
            .put("type", type)
            .put("content_type", contentType)
            .put("data_base64", Base64.getEncoder().encodeToString(content));
    return Artifact.of(http.post("/artifacts", body));
  }

  public Artifact artifact(String id) {
    return Artifact.of(http.get(artifactPath(id) + "/meta"));
  }

  /// The artifacts that a task has stored so far, oldest first.
  public List<Artifact> artifacts(Task task) {
    return artifactIds(task).stream().map(this::artifact).toList();
  }

  /// Writes an artifact's bytes to `out`, which stays open.
  ///
  /// @throws UncheckedIOException when `out` cannot be written to
  public void download(String id, OutputStream out) {
    Http.Request request = Http.Request.get(artifactPath(id), Map.of("Accept", "*/*"), SILENCE);
    try (Http.Answer answer = http.send(request)) {
      byte[] buffer = new byte[64 * 1024];
      for (int read = answer.read(buffer); read >= 0; read = answer.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether a server answers and takes work.
  public boolean healthy() {
    try {
      http.get("/health");
      return true;
    } catch (Refused | Unreachable _) {
      return false;
    }
  }

  private List<String> artifactIds(Task task) {
    if (task.completed()) {
      return task.artifactIds();
    }
    List<String> ids = new ArrayList<>();
    long last = 0;
    for (List<Event> page = events(task.id(), 0); !page.isEmpty(); ) {
      for (Event event : page) {
        if (event.type().equals("artifact_stored")) {
          ids.add(event.data().path("artifact_id").asString());
        }
        last = event.number();
      }
      page = events(task.id(), last);
    }
    return List.copyOf(ids);
  }

  private Task submit(String path, ObjectNode body, String idempotencyKey) {
    return Task.of(post(path, body, idempotencyKey));
  }

  private JsonNode post(String path, ObjectNode body, String idempotencyKey) {
    return http.post(path, Map.of("Idempotency-Key", idempotencyKey), body);
  }

  static String taskPath(String id) {
    return "/tasks/" + encoded(id);
  }

  private static String artifactPath(String id) {
    return "/artifacts/" + encoded(id);
  }

  private static void criterion(List<String> criteria, String name, @Nullable String value) {
    if (value != null) {
      criteria.add(name + "=" + encoded(value));
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static URI address(String url) {
    URI address = URI.create(url.strip().replaceAll("/+$", ""));
    String scheme = address.getScheme();
    if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "'" + url + "' is not an address of a server; one looks like http://127.0.0.1:8080");
    }
    return address;
  }
}
