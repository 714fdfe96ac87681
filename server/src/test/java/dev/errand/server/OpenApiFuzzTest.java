package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.errand.server.ApiDescription.Operation;
import dev.errand.server.database.Database;
import dev.errand.server.fuzz.Draft;
import dev.errand.server.fuzz.Mutations;
import dev.errand.server.fuzz.RawAnswer;
import dev.errand.server.fuzz.RawConnection;
import dev.errand.server.wiring.Types;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Every operation of the API's description is called with requests that are spoilt at random. No
/// answer shows an error or the inside of the server, all are described, and what is refused leaves
/// nothing behind.
///
/// `-Derrand.fuzz.seed=…` repeats a run, `-Derrand.fuzz.requests=…` makes it longer.
class OpenApiFuzzTest {
  private static final long SEED = Long.getLong("errand.fuzz.seed", 20_260_131);
  private static final int REQUESTS = Integer.getInteger("errand.fuzz.requests", 20_500);
  private static final int MOST_FAILURES = 25;

  /// What Tomcat answers with whatever the path: HTTP's own, no word about the operation.
  private static final Set<Integer> OF_HTTP =
      Set.of(400, 401, 405, 406, 411, 413, 415, 417, 421, 431);

  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  /// Things are made anew after so many calls: some calls change or delete them.
  private static final int FRESH = 40;

  private static final int LARGE = 30_000;

  /// What only the server's inside looks like.
  private static final List<String> INSIDE =
      List.of(
          "\\tat ",
          "Exception",
          "Caused by",
          "dev.errand.",
          "java.",
          "jakarta.",
          "org.apache",
          "org.springframework",
          "org.postgresql",
          "jackson",
          "SQLSTATE",
          "<html");

  private final Map<String, Integer> byStatus = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<String> kinds = new HashSet<>();
  private int sent;
  private final Map<String, Thing> things = new HashMap<>();

  private record Thing(String path, int uses) {}

  @Test
  void no_request_breaks_anything() throws IOException, SQLException {
    long start = System.nanoTime();
    try (TestServer server = TestServer.start(Map.of("TASKS_PER_MINUTE", "1000000", "BLOG_WAIT_SECONDS", "0"), Types.class);
        RawConnection connection = new RawConnection(server.port());
        Footprint footprint = new Footprint(server.part(Database.class), server.directory())) {
      Level level = quiet(Level.ERROR);
      run(server, connection, footprint);
      quiet(level);
    }
    System.out.printf(
        "%d requests in %d s, seed %d: %s%n",
        sent, (System.nanoTime() - start) / 1_000_000_000, SEED, byStatus);
    assertThat(failures).as("seed %d", SEED).isEmpty();
  }

  /// Thousands of refusals need not be logged.
  private static Level quiet(Level level) {
    Logger ours = (Logger) LoggerFactory.getLogger("dev.errand");
    Level before = ours.getLevel();
    ours.setLevel(level);
    ((Logger) LoggerFactory.getLogger("org.springframework.web.servlet.PageNotFound"))
        .setLevel(level);
    return before;
  }

  private void run(TestServer server, RawConnection connection, Footprint footprint)
      throws IOException, SQLException {
    ApiDescription description = ApiDescription.of(server);
    ApiScene scene = new ApiScene(server);
    List<Operation> operations =
        description.operations().stream()
            // A body can be spoilt in more ways than anything else.
            .flatMap(one -> Collections.nCopies(one.takesBody() ? 4 : 1, one).stream())
            .toList();
    Random random = new Random(SEED);
    String token = server.token();
    for (int i = 0; i < REQUESTS && failures.size() < MOST_FAILURES; i++) {
      Operation operation = operations.get(random.nextInt(operations.size()));
      Draft draft = draft(operation, scene, token, random, footprint);
      Mutations.spoil(draft, random);
      List<String> wrong = wrong(operation, draft, connection, footprint);
      sent = i + 1;
      if (!wrong.isEmpty() && kinds.add(operation + kind(wrong))) {
        failures.add(
            "request %d, %s, %s: %s%n  %s"
                .formatted(i, operation, draft.spoilt(), wrong, draft.curl(server.port())));
        connection.close();
      }
    }
  }

  /// What is wrong without what differs from one request to the next.
  private static String kind(List<String> wrong) {
    String text = wrong.toString().replaceAll("[0-9a-f-]{36}|\\d+", "#");
    return text.substring(0, Math.min(text.length(), 60));
  }

  /// A request as it should be, with some of the parameters that there are.
  private Draft draft(
      Operation operation, ApiScene scene, String token, Random random, Footprint footprint)
      throws SQLException {
    String path = path(operation, scene);
    List<JsonNode> bodies = operation.bodies();
    String body =
        bodies.isEmpty() ? "" : scene.body(bodies.get(random.nextInt(bodies.size())));
    Draft draft = new Draft(operation.method(), path);
    draft
        .header("Host: 127.0.0.1")
        .header("Authorization: Bearer " + scene.taskToken(operation, path + body).orElse(token));
    operation.parameters("query").stream()
        .filter(parameter -> parameter.has("example"))
        .filter(
            parameter -> parameter.path("required").asBoolean() || random.nextInt(3) == 0)
        .forEach(
            one ->
                draft.query(
                    one.path("name").asString()
                        + "="
                        + scene.filled(one.path("example").asString())));
    if (!body.isEmpty()) {
      draft.body(body);
    }
    if (scene.madeSomething()) {
      footprint.remember();
    }
    return draft;
  }

  private String path(Operation operation, ApiScene scene) {
    return things
        .compute(
            operation.path(),
            (_, thing) ->
                thing == null || thing.uses() == FRESH
                    ? new Thing(scene.path(operation), 0)
                    : new Thing(thing.path(), thing.uses() + 1))
        .path();
  }

  private List<String> wrong(
      Operation operation, Draft draft, RawConnection connection, Footprint footprint)
      throws SQLException {
    RawAnswer answer;
    try {
      answer = connection.exchange(draft);
    } catch (IOException | NumberFormatException e) {
      return List.of("no answer: " + e);
    }
    byStatus.merge(String.valueOf(answer.status()), 1, Integer::sum);
    List<String> wrong = new ArrayList<>();
    if (answer.status() >= 500) {
      wrong.add("answered with " + answer.status() + " " + answer.body());
    }
    if (answer.status() >= 400) {
      wrong.addAll(objections(draft, answer));
    }
    // What a request stored that may store nothing is found after the next one that may.
    if (!SAFE.contains(draft.method())) {
      if (answer.status() >= 400) {
        footprint.left().ifPresent(left -> wrong.add("refused, but " + left));
      }
      footprint.remember();
    }
    if (!draft.elsewhere() && !answer.endless()) {
      wrong.addAll(undescribed(operation, answer));
    }
    return wrong;
  }

  private static List<String> objections(Draft draft, RawAnswer answer) {
    if (draft.method().equals("HEAD")) {
      return List.of();
    }
    List<String> wrong = new ArrayList<>();
    if (!answer.contentType().equals("application/problem+json")) {
      wrong.add("a refusal of type " + answer.contentType());
    } else if (!code(answer).matches("[a-z0-9_]+")) {
      wrong.add("no code: " + answer.body());
    }
    if (INSIDE.stream().anyMatch(answer.body()::contains)) {
      wrong.add("shows its inside: " + answer.body());
    }
    return wrong;
  }

  private static String code(RawAnswer answer) {
    try {
      return TestServer.JSON.readTree(answer.body()).path("code").asString("");
    } catch (JacksonException e) {
      return "unreadable: " + e.getMessage();
    }
  }

  private static List<String> undescribed(Operation operation, RawAnswer answer) {
    boolean described = operation.describes(answer.status());
    if (!described && !OF_HTTP.contains(answer.status())) {
      return List.of("the description does not know " + answer.status() + ": " + answer.body());
    }
    if (answer.body().length() > LARGE) {
      return List.of();
    }
    return operation.objections(answer.status(), answer.contentType(), answer.body()).stream()
        .map(one -> "%d against the description: %s".formatted(answer.status(), one))
        .toList();
  }
}
