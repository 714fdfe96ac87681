package dev.errand.server;

import dev.errand.server.config.LogFormat;
import dev.errand.server.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Starts a server in a directory of its own, uses it as people do and stops it, so that a JDK
/// which watches (`-XX:AOTCacheOutput`) knows what a server needs.
final class Training {
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  private static final String DOCUMENT =
      """
      # Training

      ## What it is for

      A server that was trained starts quickly, because the JDK has kept what a start needs.
      Training takes 5 seconds and happens once for each build. Whoever cannot wait leaves it out.
      """;

  private final String url;
  private final String token;
  private final Path docs;

  private Training(String url, String token, Path docs) {
    this.url = url;
    this.token = token;
    this.docs = docs;
  }

  /// @param options of the command line; those that say where are replaced
  static void run(Map<String, String> options) {
    Path directory = temporaryDirectory();
    try {
      // Once as for a program that collects log lines, once more as for a person.
      for (LogFormat log : List.of(LogFormat.JSON, LogFormat.TEXT)) {
        run(options, log, directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      delete(directory);
    }
  }

  private static void run(Map<String, String> options, LogFormat log, Path directory)
      throws IOException, InterruptedException {
    Map<String, String> here = new HashMap<>(options);
    here.put("ERRAND_DATA_DIR", directory.toString());
    here.put("ERRAND_PORT", "0");
    here.put("ERRAND_LOG", log.toString());
    Settings settings = Settings.read(here, Map.of());
    try (ErrandServer server = ErrandServer.start(settings)) {
      Announcement.make(server, settings);
      String token = Files.readString(directory.resolve("token")).strip();
      new Training(server.url(), token, docs(directory)).use();
    }
  }

  private static Path docs(Path directory) throws IOException {
    Path docs = Files.createDirectories(directory.resolve("docs"));
    Files.writeString(docs.resolve("training.md"), DOCUMENT);
    return docs;
  }

  private void use() throws IOException, InterruptedException {
    get("/health", "*/*");
    get("/", "text/html");
    get("/limits", "*/*");
    follow(submit("/tasks", "{\"type\": \"echo\", \"params\": {\"msg\": \"training\"}}"));
    follow(
        submit(
            "/research",
            "{\"prompt\": \"Why does it start quickly?\", \"docs\": [\"%s\"]}".formatted(docs)));
    get("/tasks?limit=10", "*/*");
    get("/nowhere", "*/*");
    submit("/tasks", "{\"type\": 1}");
  }

  private void follow(String task) throws IOException, InterruptedException {
    get("/tasks/" + task + "/events", "text/event-stream");
    get("/tasks/" + task + "/events", "application/json");
    get("/tasks/" + task + "/log", "*/*");
    get("/tasks/" + task + "/attempts", "*/*");
    get("/tasks/" + task, "*/*");
  }

  private String submit(String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path, "application/json");
    request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    Matcher id = ID.matcher(answer(request));
    return id.find() ? id.group(1) : "";
  }

  private void get(String path, String accept) throws IOException, InterruptedException {
    answer(request(path, accept));
  }

  private HttpRequest.Builder request(String path, String accept) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Accept", accept)
        .header("Authorization", "Bearer " + token);
  }

  private static String answer(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString()).body();
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("errand-training");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) {
    try {
      Files.walkFileTree(directory, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
