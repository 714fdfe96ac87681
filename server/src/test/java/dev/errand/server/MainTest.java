package dev.errand.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.postgres.embedded.EmbeddedPostgres;
import dev.errand.server.json.WireJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The server as a process of its own, as people start it.
class MainTest {
  private Path directory = Path.of("");

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("errand-main");
  }

  @AfterEach
  void deleteDirectory() {
    Training.delete(directory);
  }

  @Test
  void a_server_says_where_it_is_serves_and_stops_in_good_order() throws Exception {
    try (Running server = start(Map.of("ERRAND_LOG", "text"), "--port", "0")) {
      String ready = server.nextLine();
      assertThat(ready).startsWith("Errand is ready at http://127.0.0.1:");
      assertThat(server.nextLine()).contains("/?token=");
      assertThat(server.nextLine()).contains(directory.toString());

      JsonNode note =
          WireJson.mapper(10_000).readTree(Files.readString(directory.resolve("server.json")));
      assertThat(note.path("pid").asLong()).isEqualTo(server.process.pid());
      assertThat(ready).contains(note.path("url").asString());
      assertThat(get(note.path("url").asString() + "/health"))
          .contains("\"worker\":\"ok\"", "\"database\":\"ok\"");

      String second = fails(6, Map.of(), "--port", "0");
      assertThat(second)
          .contains("is in use by another server (process " + server.process.pid() + ")");

      server.process.destroy();
      assertThat(server.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(server.process.exitValue()).isEqualTo(143);
      assertThat(directory.resolve("server.json")).doesNotExist();
      assertThat(directory.resolve("token")).exists();
    }
  }

  @Test
  void a_port_that_is_taken_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      assertThat(fails(6, Map.of(), "--port", port))
          .isEqualTo(
              "Port %s of 127.0.0.1 is taken. Choose another one with --port or ERRAND_PORT, or stop what listens there."
                  .formatted(port));
    }
    assertThat(directory.resolve("server.json")).doesNotExist();
  }

  @Test
  void a_database_that_cannot_be_reached_is_named_without_its_password() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "postgresql://me:geheim@127.0.0.1:%d/tasks".formatted(port);

    assertThat(fails(6, Map.of("DATABASE_URL", url)))
        .startsWith("The database at jdbc:postgresql://127.0.0.1:%d/tasks as me".formatted(port))
        .endsWith("Is it running, and is DATABASE_URL right?")
        .doesNotContain("geheim");
  }

  @Test
  void a_data_directory_that_cannot_be_written_is_named() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThat(fails(6, Map.of("ERRAND_DATA_DIR", file.resolve("data").toString())))
        .startsWith("The data directory " + file.resolve("data") + " cannot be written")
        .contains("ERRAND_DATA_DIR");
  }

  @Test
  void a_token_that_is_too_short_is_named() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "short\n");

    assertThat(fails(6, Map.of(), "--port", "0"))
        .startsWith("The token in " + token + " has fewer than 32 characters.");
  }

  @Test
  void what_makes_no_sense_is_said_in_one_line() throws Exception {
    assertThat(fails(2, Map.of("ERRAND_PORT", "x")))
        .isEqualTo("ERRAND_PORT must be a whole number, not \"x\" (environment)");
    assertThat(fails(2, Map.of(), "--role", "boss")).startsWith("ERRAND_ROLE must be one of");
    assertThat(fails(2, Map.of(), "--frob")).startsWith("Unknown option --frob\nUsage:");
    assertThat(fails(2, Map.of(), "--port")).startsWith("--port needs a value\nUsage:");
  }

  @Test
  void the_configuration_is_listed_without_secrets() throws Exception {
    Map<String, String> environment = Map.of("DATABASE_URL", "postgresql://me:geheim@db/tasks");
    try (Running listing = start(environment, "config")) {
      String lines = listing.output();
      assertThat(lines)
          .contains(
              "ERRAND_PORT=8080  (default)",
              "DATABASE_URL=jdbc:postgresql://db/tasks as me  (environment)")
          .doesNotContain("geheim");
    }
  }

  @Test
  void the_database_can_be_brought_to_the_schema_without_a_server() throws Exception {
    try (Running initialising = start(Map.of(), "init-db")) {
      assertThat(initialising.output())
          .endsWith(
              "The database in %s has the schema of this version.\n"
                  .formatted(directory.resolve("postgres")));
      assertThat(initialising.process.waitFor()).isZero();
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory.resolve("postgres"));
        Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        ResultSet tasks = connection.createStatement().executeQuery("SELECT count(*) FROM tasks")) {
      assertThat(tasks.next()).isTrue();
    }
  }

  @Test
  void the_schema_goes_forward_and_one_step_back() throws Exception {
    assertThat(ends(1, "db", "status")).startsWith("1  tasks").contains("pending");
    assertThat(ends(0, "db", "migrate")).endsWith("has the schema of this version.");
    assertThat(ends(0, "db", "status")).contains("UTC").doesNotContain("pending");

    assertThat(fails(6, Map.of(), "db", "rollback")).contains("Deletes", "epeat it with --");
    assertThat(ends(0, "db", "rollback", "--yes", "--force")).isNotEmpty();
    assertThat(ends(1, "db", "status")).contains("pending");

    assertThat(fails(2, Map.of(), "db")).contains("migrate, status or rollback");
    assertThat(fails(2, Map.of(), "--force")).contains("belong to db rollback");
  }

  @Test
  void the_schema_can_be_looked_at_while_a_server_runs() throws Exception {
    try (Running server = start(Map.of(), "--port", "0")) {
      assertThat(server.nextLine()).isNotEmpty();

      assertThat(ends(0, "db", "status")).contains("UTC").doesNotContain("pending");
      assertThat(fails(6, Map.of(), "db", "rollback", "--yes")).contains("in use");
      assertThat(server.process.isAlive()).isTrue();
    }
    assertThat(ends(0, "db", "status")).contains("UTC");
  }

  @Test
  void a_server_keeps_off_a_schema_that_is_newer_than_itself() throws Exception {
    assertThat(ends(0, "db", "migrate")).isNotEmpty();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory.resolve("postgres"));
        Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password())) {
      connection
          .createStatement()
          .execute(
              """
              INSERT INTO flyway_schema_history
              SELECT 900, '900', 'owls', 'SQL', 'V900__owls.sql', 0, 'me', now(), 1, true
              """);
    }

    assertThat(fails(6, Map.of(), "--port", "0"))
        .startsWith("The database has schema 900, made by a newer version of Errand");
    assertThat(ends(1, "db", "status")).contains("made by a newer version");
    assertThat(fails(6, Map.of(), "db", "rollback", "--yes"))
        .contains("made by another version of Errand");
  }

  @Test
  void one_process_takes_tasks_and_another_runs_them() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory.resolve("database"))) {
      String address = postgres.jdbcUrl().substring("jdbc:postgresql://".length());
      String credentials = postgres.user() + ":" + postgres.password();
      Map<String, String> shared =
          Map.of(
              "DATABASE_URL",
              "postgresql://" + credentials + "@" + address,
              "ERRAND_ARTIFACT_DIR",
              directory.resolve("shared").toString(),
              "ERRAND_LOG",
              "json");
      Path workersOwn = directory.resolve("worker");
      Map<String, String> own = new HashMap<>(shared);
      own.put("ERRAND_DATA_DIR", workersOwn.toString());
      try (Running api = start(shared, "--role", "api", "--port", "0");
          Running worker = start(own, "--role", "worker", "--port", "0")) {
        String doors = started(api);
        String health = started(worker);

        String task = submit(doors, "{\"type\":\"research\",\"params\":%s}".formatted(question()));
        assertThat(get(doors + "/tasks/" + task + "/events", token())).contains("event: completed");

        JsonNode artifacts =
            read(get(doors + "/tasks/" + task, token())).path("result").path("artifact_ids");
        assertThat(artifacts.size()).isPositive();
        for (JsonNode artifact : artifacts) {
          assertThat(get(doors + "/artifacts/" + artifact.asString(), token())).contains("pike");
        }

        assertThat(get(doors + "/health")).contains("\"role\":\"api\"").doesNotContain("worker");
        assertThat(get(health + "/health")).contains("\"role\":\"worker\"", "\"worker\":\"ok\"");
        assertThat(get(health + "/tasks", token())).contains("\"code\":\"not_found\"");
        assertThat(workersOwn.resolve("token")).doesNotExist();
      }
    }
  }

  /// Reads the line by which a server tells programs that it is ready; nothing secret is in it.
  private String started(Running server) throws IOException {
    String text = server.nextLine();
    assertThat(text).startsWith("{").doesNotContain("token");
    JsonNode line = WireJson.mapper(10_000).readTree(text);
    assertThat(line.path("event").asString()).isEqualTo("server_started");
    return line.path("url").asString();
  }

  /// What to ask, and a folder that has the answer.
  private String question() throws IOException {
    Path docs = Files.createDirectories(directory.resolve("docs"));
    Files.writeString(docs.resolve("pond.md"), "# Pond\n\nThe pike in the pond eats smaller fish.");
    return "{\"prompt\":\"What does the pike eat?\",\"docs\":[\"%s\"]}".formatted(docs);
  }

  private String submit(String url, String task) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/tasks"))
              .header("Authorization", "Bearer " + token())
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(task))
              .build();
      return read(client.send(request, BodyHandlers.ofString()).body()).path("id").asString();
    }
  }

  private static JsonNode read(String json) {
    return WireJson.mapper(100_000).readTree(json);
  }

  private String token() throws IOException {
    return Files.readString(directory.resolve("token")).strip();
  }

  private String ends(int exitCode, String... arguments) throws Exception {
    return fails(exitCode, Map.of(), arguments);
  }

  private String fails(int exitCode, Map<String, String> environment, String... arguments)
      throws Exception {
    try (Running server = start(environment, arguments)) {
      String output = server.output().strip();
      assertThat(server.process.waitFor()).as(output).isEqualTo(exitCode);
      assertThat(output).doesNotContain("Exception", "\tat ");
      return output;
    }
  }

  private Running start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("ERRAND_"));
    builder.environment().put("ERRAND_DATA_DIR", directory.toString());
    builder.environment().putAll(environment);
    return new Running(builder.start());
  }

  private record Running(Process process) implements AutoCloseable {
    String nextLine() throws IOException {
      return String.valueOf(process.inputReader().readLine());
    }

    String output() throws IOException {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }
  }

  private static String get(String url) throws IOException, InterruptedException {
    return get(url, "none");
  }

  private static String get(String url, String token) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("X-API-Key", token)
              .timeout(Duration.ofMinutes(1))
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
