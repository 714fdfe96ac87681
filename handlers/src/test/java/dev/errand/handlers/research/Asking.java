package dev.errand.handlers.research;

import dev.errand.engine.lease.LogLine;
import dev.errand.handlers.concurrent.Sleeper;
import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.Embedder;
import dev.errand.handlers.corpus.Vectors;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.handlers.model.LanguageModel;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.research.ResearchResult.Published;
import dev.errand.testkit.attempt.RecordingAttempt;
import dev.errand.testkit.time.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// A research handler with a folder to read and a web of its own.
final class Asking {
  static final JacksonJson JSON = new JacksonJson();
  static final Instant FETCHED_AT = Instant.parse("2030-06-01T12:00:00Z");

  private final Path home;
  private final Path docs;
  private final Map<String, String> web = new ConcurrentHashMap<>();
  private Optional<Embedder> embedder = Optional.empty();
  private Optional<WebSearch> search = Optional.empty();
  private Optional<LanguageModel> model = Optional.empty();
  private Sleeper sleeper = _ -> {};
  private final SettableClock clock = new SettableClock(FETCHED_AT);

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

  Asking embeddedBy(Embedder some) {
    embedder = Optional.of(some);
    return this;
  }

  ResearchHandler handler() {
    return handler(this::fetch);
  }

  Asking searching(WebSearch some) {
    search = Optional.of(some);
    return this;
  }

  /// @param pauses gets each pause before a model is asked again, none of which is made
  Asking askingModel(LanguageModel some, Consumer<Duration> pauses) {
    model = Optional.of(some);
    sleeper = pauses::accept;
    return this;
  }

  ResearchHandler handler(Pages pages) {
    return new ResearchHandler(
        new Corpora(home, new Reader()),
        List.of(docs.getParent()),
        new Outside(pages, search, model, clock, sleeper),
        embedder.map(some -> new Vectors(home, some)),
        JSON);
  }

  SettableClock clock() {
    return clock;
  }

  Pages.Page fetch(URI address) throws IOException {
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
    var published = (Published) handler().handle(params, attempt);
    return new Answer(attempt, published);
  }

  ResearchParams prompt(String prompt) {
    return params(prompt, List.of(docs.toString()), List.of());
  }

  static ResearchParams params(String prompt, List<String> docs, List<String> urls) {
    return ResearchParams.of(prompt, docs, urls);
  }

  /// Params as a caller writes them.
  static ResearchParams json(String json) {
    return JSON.read(json.replace('\'', '"'), ResearchParams.class);
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
