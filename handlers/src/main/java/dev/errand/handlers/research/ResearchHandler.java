package dev.errand.handlers.research;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.Vectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers the questions of a prompt from folders, pages and what search engines find, in the
/// sources' own words.
///
/// Every sentence of the report stands verbatim in a source and is looked up again before the
/// report is published; a question that the sources do not answer is said to be not found. The same
/// sources give the same report, and an attempt that goes on after a crash gives it too.
public final class ResearchHandler implements Handler<ResearchParams> {
  private static final List<String> STEPS =
      List.of("plan", "find", "fetch", "rank", "write", "verify");

  private final Corpora corpora;
  private final List<Path> readable;
  private final Pages pages;
  private final Searching searching;
  private final Optional<Vectors> vectors;
  private final Json json;

  /// @param readable folders on this machine that tasks may read, with all that is below them
  /// @param vectors absent where no embedder is installed: then words alone decide
  public ResearchHandler(
      Corpora corpora,
      List<Path> readable,
      Pages pages,
      Searching searching,
      Optional<Vectors> vectors,
      Json json) {
    this.corpora = corpora;
    this.readable = List.copyOf(readable);
    this.pages = pages;
    this.searching = searching;
    this.vectors = vectors;
    this.json = json;
  }

  @Override
  public String type() {
    return "research";
  }

  @Override
  public Class<ResearchParams> paramsType() {
    return ResearchParams.class;
  }

  @Override
  public List<String> steps() {
    return STEPS;
  }

  /// Folders of the worker's machine are for administrators.
  @Override
  public void admit(ResearchParams params, Caller caller) {
    if (!params.folders().isEmpty()) {
      caller.requireAdmin("Reading folders of the server");
    }
    var check = new InvalidParams.Check();
    params.checkEngines(searching, check);
    check.orThrow();
  }

  @Override
  public Published handle(ResearchParams params, Attempt attempt) throws Exception {
    var meanings = new Meanings(vectors);
    var plan = attempt.step("plan", Plan.class, () -> plan(params, attempt));
    var hits = search(params, plan, attempt);
    var found = attempt.step("find", Found.class, () -> finder(attempt).find(params, hits));
    var fetched = attempt.step("fetch", Fetched.class, () -> fetch(found, meanings, attempt));
    try (var shelf = new Shelf(corpora, fetched)) {
      var ranked = attempt.step("rank", Ranked.class, () -> rank(plan, shelf, meanings, attempt));
      var draft =
          attempt.step(
              "write",
              Draft.class,
              () -> write(params, plan, ranked, fetched, shelf, meanings, attempt));
      return attempt.step(
          "verify",
          Published.class,
          () -> {
            attempt.progress(95, "Checking every quote");
            return new Publication(params, plan, found, fetched, ranked)
                .publish(draft, shelf.library(), json, attempt);
          });
    }
  }

  private static Plan plan(ResearchParams params, Attempt attempt) {
    attempt.progress(2, "Planning");
    var plan = Planner.plan(params.prompt());
    attempt.info("%d questions to answer".formatted(plan.questions().size()));
    return plan;
  }

  /// What other sources are given is enough to go on where no engine answers.
  private List<String> search(ResearchParams params, Plan plan, Attempt attempt)
      throws TaskFailure, InterruptedException {
    if (params.engines().isEmpty()) {
      return List.of();
    }
    attempt.progress(3, "Asking " + String.join(", ", params.engines()));
    var questions = plan.questions().stream().map(Question::text).toList();
    try {
      return searching.pages(questions, params.engines(), attempt);
    } catch (TaskFailure failure) {
      if (params.folders().isEmpty() && params.pages().isEmpty()) {
        throw failure;
      }
      attempt.warn("Going on without search: " + failure.getMessage());
      return List.of();
    }
  }

  private Finder finder(Attempt attempt) {
    attempt.progress(5, "Looking what there is to read");
    return new Finder(corpora, readable, attempt);
  }

  private Fetched fetch(Found found, Meanings meanings, Attempt attempt)
      throws TaskFailure, InterruptedException {
    meanings.warmUp();
    attempt.progress(
        10, "Reading %d files and %d pages".formatted(found.files(), found.urls().size()));
    return new Fetcher(corpora, pages, attempt).fetch(found);
  }

  private static Ranked rank(Plan plan, Shelf shelf, Meanings meanings, Attempt attempt)
      throws Exception {
    attempt.progress(60, "Searching");
    var library = shelf.library();
    var ranker = Ranker.of(library, meanings, plan.questions().size());
    var ranked = new ArrayList<Ranked.Passages>();
    for (var question : plan.questions()) {
      ranked.add(ranker.rank(question));
      attempt.progress(60 + 20 * ranked.size() / plan.questions().size(), "Searching");
    }
    meanings
        .failure()
        .ifPresent(failure -> attempt.warn("Searching by words alone: " + failure.getMessage()));
    return new Ranked(library.documents(), library.passages(), meanings.retrieval(), ranked);
  }

  private static Draft write(
      ResearchParams params,
      Plan plan,
      Ranked ranked,
      Fetched fetched,
      Shelf shelf,
      Meanings meanings,
      Attempt attempt)
      throws Exception {
    attempt.progress(80, "Writing");
    var sources = new SourceList(fetched);
    var compared = ranked.retrieval().equals(meanings.retrieval()) ? meanings : Meanings.none();
    var writer = new Writer(shelf.library(), compared, sources, params.depthOrDefault());
    var sections = new ArrayList<Report.Section>();
    for (int i = 0; i < plan.questions().size(); i++) {
      sections.add(writer.write(i + 1, plan.questions().get(i), ranked.questions().get(i)));
    }
    meanings.save(attempt);
    return new Draft(sections, sources.sources());
  }
}
