package dev.errand.handlers.research;

import dev.errand.engine.lease.LogLine;
import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.Embedder;
import dev.errand.handlers.corpus.Vectors;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.handlers.read.Reader;
import dev.errand.testkit.attempt.RecordingAttempt;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A research handler with a folder to read and a web of its own.
final class Asking {
  static final JacksonJson JSON = new JacksonJson();
  static final Instant FETCHED_AT = Instant.parse("2030-06-01T12:00:00Z");

  private final Path home;
  private final Path docs;
  private final Map<String, String> web = new ConcurrentHashMap<>();
  private Optional<Embedder> embedder = Optional.empty();
  private Searching searching = Searching.NONE;

  Asking(Path folder) throws IOException {
    this.home = folder.resolve("home");
    this.docs = Files.createDirectories(folder.resolve("docs"));
  }

  Path docs() {
    return docs;
  }

  Asking file(String name, String text) throws IOException {
    var file = docs.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  Asking page(String address, String html) {
    web.put(address, html);
    return this;
  }

  Asking searching(Searching some) {
    searching = some;
    return this;
  }

  Asking embeddedBy(Embedder some) {
    embedder = Optional.of(some);
    return this;
  }

  ResearchHandler handler() {
    return handler(this::fetch);
  }

  ResearchHandler handler(Pages pages) {
    return new ResearchHandler(
        new Corpora(home, new Reader()),
        List.of(docs.getParent()),
        pages,
        searching,
        embedder.map(some -> new Vectors(home, some)),
        JSON);
  }

  private Pages.Page fetch(URI address) throws IOException {
    var html = web.get(address.toString());
    if (html == null) {
      throw new IOException("the server answered 404");
    }
    return new Pages.Page(
        address, Optional.of("text/html"), html.getBytes(StandardCharsets.UTF_8), FETCHED_AT);
  }

  /// What the folder says to a prompt.
  Answer ask(String prompt) throws Exception {
    return ask(prompt(prompt), new RecordingAttempt(JSON));
  }

  Answer ask(ResearchParams params, RecordingAttempt attempt) throws Exception {
    var published = handler().handle(params, attempt);
    return new Answer(attempt, published);
  }

  ResearchParams prompt(String prompt) {
    return params(prompt, List.of(docs.toString()), List.of());
  }

  static ResearchParams params(String prompt, List<String> docs, List<String> urls) {
    return new ResearchParams(
        prompt,
        docs.isEmpty() ? Optional.empty() : Optional.of(docs),
        urls.isEmpty() ? Optional.empty() : Optional.of(urls),
        Optional.empty(),
        Optional.empty());
  }

  /// A later attempt of a task that stopped after the step `last` of `first`.
  static RecordingAttempt stoppedAfter(String last, RecordingAttempt first) {
    var later = new RecordingAttempt(JSON);
    for (var step : first.finishedSteps().entrySet()) {
      later.withStep(step.getKey(), JSON.read(step.getValue(), Object.class));
      if (step.getKey().equals(last)) {
        break;
      }
    }
    return later.next();
  }

  /// What a task left behind.
  record Answer(RecordingAttempt attempt, Published published) {
    String markdown() {
      return attempt.stored("report_markdown").text();
    }

    Report report() {
      return JSON.read(attempt.stored("report_json").text(), Report.class);
    }

    List<String> evidence() {
      return attempt.stored("evidence").text().lines().toList();
    }

    /// The first quote of each claim, in order.
    List<String> quotes() {
      return report().sections().stream()
          .flatMap(section -> section.claims().stream())
          .map(claim -> claim.first().quote())
          .toList();
    }

    List<String> warnings() {
      return attempt.logged().stream()
          .filter(line -> line.level() == LogLine.Level.WARN)
          .map(LogLine::text)
          .toList();
    }
  }
}
