package dev.errand.handlers.research;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.Vectors;
import dev.errand.handlers.research.ResearchResult.Planned;
import dev.errand.handlers.research.ResearchResult.Published;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Answers the questions of a prompt from folders, given pages and the web.
///
/// Every quote of the report stands verbatim in a source and is looked up again before the report
/// is published. Where a language model writes, its sentences cite those quotes, and a sentence
/// that they do not support is removed. A question that the sources do not answer is reported as
/// not found.
///
/// Without a model, equal sources give an equal report. With one, an attempt after a crash still
/// gives the report that the first would have given: every call to the outside is a step.
public final class ResearchHandler implements Handler<ResearchParams> {
  private static final List<String> STEPS =
      List.of("plan", "find", "fetch", "rank", "write", "verify");
  private static final String PLAN_FILE = "plan.json";

  private final Corpora corpora;
  private final List<Path> readable;
  private final Outside outside;
  private final Optional<Vectors> vectors;
  private final Json json;

  /// @param readable folders on this machine that tasks may read, with all that is below them
  /// @param vectors absent where no embedder is installed: then words alone decide
  public ResearchHandler(
      Corpora corpora, List<Path> readable, Outside outside, Optional<Vectors> vectors, Json json) {
    this.corpora = corpora;
    this.readable = List.copyOf(readable);
    this.outside = outside;
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
    params.checkEngines(outside.search(), check);
    check.that(
        !params.writer().equals(Optional.of(WriterKind.MODEL)) || outside.model().isPresent(),
        "/writer",
        "model needs a language model, and none is configured: set LLM_PROVIDER and LLM_MODEL");
    check.orThrow();
  }

  @Override
  public ResearchResult handle(ResearchParams params, Attempt attempt) throws Exception {
    var plan = attempt.step("plan", Plan.class, () -> plan(params, attempt));
    if (params.onlyPlan()) {
      return new Planned(shown(params, plan), planner(params), List.of(PLAN_FILE));
    }
    var embeddings = new Embeddings(vectors);
    var model = model(params, attempt);
    var found = attempt.step("find", Found.class, () -> finder(attempt).find(params));
    var fetched =
        attempt.step("fetch", Fetched.class, () -> fetch(params, found, embeddings, attempt));
    var explored = explore(params, plan, fetched, embeddings, model, attempt);
    var read = explored.with(fetched);
    try (var lazy = new LazyLibrary(corpora, read)) {
      var ranked = attempt.step("rank", Ranked.class, () -> rank(plan, lazy, embeddings, attempt));
      var draft =
          attempt.step(
              "write",
              Draft.class,
              () -> write(params, plan, ranked, read, lazy, embeddings, model, attempt));
      var composed = composed(params, draft, embeddings, ranked, model, attempt);
      return attempt.step(
          "verify",
          Published.class,
          () -> {
            attempt.progress(95, "Checking every quote");
            return new Publication(
                    params, planner(params), plan, found, read, explored, ranked, composed)
                .publish(draft, lazy.library(), json, attempt);
          });
    }
  }

  private Plan plan(ResearchParams params, Attempt attempt) throws TaskFailure {
    attempt.progress(2, "Planning");
    var plan = params.plan().map(ResearchPlan::plan).orElseGet(() -> Planner.plan(params.prompt()));
    attempt.info(Plural.of(plan.questions().size(), "question") + " to answer");
    var shown = shown(params, plan);
    shown.lines().forEach(attempt::info);
    attempt.store(
        PLAN_FILE, "plan", "application/json", json.write(shown).getBytes(StandardCharsets.UTF_8));
    return plan;
  }

  private static ResearchPlan shown(ResearchParams params, Plan plan) {
    return params.plan().orElseGet(() -> ResearchPlan.of(plan, params.webLimits().breadth()));
  }

  private static String planner(ResearchParams params) {
    return params.plan().isPresent() ? "given" : "rules";
  }

  private Optional<ModelCalls> model(ResearchParams params, Attempt attempt) throws TaskFailure {
    if (params.writer().equals(Optional.of(WriterKind.EXTRACTIVE))) {
      return Optional.empty();
    }
    if (params.writer().isPresent() && outside.model().isEmpty()) {
      throw TaskFailure.permanent(
          "model_not_configured", "This worker has no language model (LLM_PROVIDER, LLM_MODEL).");
    }
    return outside.model().map(model -> new ModelCalls(model, outside.sleeper(), attempt));
  }

  private Finder finder(Attempt attempt) {
    attempt.progress(5, "Looking what there is to read");
    return new Finder(corpora, readable, attempt);
  }

  private Fetched fetch(ResearchParams params, Found found, Embeddings embeddings, Attempt attempt)
      throws TaskFailure, InterruptedException {
    embeddings.warmUp();
    attempt.progress(
        10,
        "Reading %s and %s"
            .formatted(Plural.of(found.files(), "file"), Plural.of(found.urls().size(), "page")));
    return fetcher(attempt).fetch(found, searches(params));
  }

  private Fetcher fetcher(Attempt attempt) {
    return new Fetcher(corpora, outside.pages(), attempt);
  }

  private boolean searches(ResearchParams params) {
    boolean usual = outside.search().map(WebSearch::available).orElse(false);
    return params.wantsWeb() && (usual || !params.engines().isEmpty());
  }

  private Explored explore(
      ResearchParams params,
      Plan plan,
      Fetched fetched,
      Embeddings embeddings,
      Optional<ModelCalls> model,
      Attempt attempt)
      throws Exception {
    if (!searches(params)) {
      return Explored.NOTHING;
    }
    return new Exploration(
            outside.search().orElseThrow(),
            params.engines(),
            fetcher(attempt),
            outside.clock(),
            model.map(Proposer::new),
            params.webLimits(),
            attempt)
        .explore(
            shown(params, plan),
            plan.questions(),
            pages -> open(params, plan, fetched, pages, embeddings));
  }

  /// The questions that what was read so far does not answer.
  private List<Integer> open(
      ResearchParams params,
      Plan plan,
      Fetched fetched,
      List<Fetched.Page> pages,
      Embeddings embeddings)
      throws Exception {
    var all = new ArrayList<>(fetched.pages());
    all.addAll(pages);
    var read = new Fetched(fetched.folders(), all);
    try (var lazy = new LazyLibrary(corpora, read)) {
      var library = lazy.library();
      var ranker = Ranker.of(library, embeddings, plan.questions().size());
      var writer =
          new Writer(
              library, embeddings, new SourceList(read), params.depthOrDefault().statements());
      var open = new ArrayList<Integer>();
      for (int i = 0; i < plan.questions().size(); i++) {
        var question = plan.questions().get(i);
        if (!writer.write(i + 1, question, ranker.rank(question)).answered()) {
          open.add(i + 1);
        }
      }
      return open;
    }
  }

  private static Ranked rank(Plan plan, LazyLibrary lazy, Embeddings embeddings, Attempt attempt)
      throws Exception {
    attempt.progress(60, "Searching");
    var library = lazy.library();
    var ranker = Ranker.of(library, embeddings, plan.questions().size());
    var ranked = new ArrayList<Ranked.Passages>();
    for (var question : plan.questions()) {
      ranked.add(ranker.rank(question));
      attempt.progress(60 + 20 * ranked.size() / plan.questions().size(), "Searching");
    }
    embeddings
        .failure()
        .ifPresent(failure -> attempt.warn("Searching by words alone: " + failure.getMessage()));
    return new Ranked(library.documents(), library.passages(), embeddings.retrieval(), ranked);
  }

  private static Draft write(
      ResearchParams params,
      Plan plan,
      Ranked ranked,
      Fetched fetched,
      LazyLibrary lazy,
      Embeddings embeddings,
      Optional<ModelCalls> model,
      Attempt attempt)
      throws Exception {
    attempt.progress(80, "Writing");
    var sources = new SourceList(fetched);
    var depth = params.depthOrDefault();
    var writer =
        new Writer(
            lazy.library(),
            compared(ranked, embeddings),
            sources,
            model.isPresent() ? depth.evidence() : depth.statements());
    var sections = new ArrayList<Report.Section>();
    for (int i = 0; i < plan.questions().size(); i++) {
      sections.add(writer.write(i + 1, plan.questions().get(i), ranked.questions().get(i)));
    }
    embeddings.save(attempt);
    return new Draft(
        sections,
        sources.sources(),
        Optional.of(FollowUps.of(sections, sources.sources(), ranked, lazy.library())));
  }

  /// All questions of a report are treated alike, also when the embedder failed in between.
  private static Embeddings compared(Ranked ranked, Embeddings embeddings) {
    return ranked.retrieval().equals(embeddings.retrieval()) ? embeddings : Embeddings.none();
  }

  /// What the model makes of each section that has evidence.
  private static List<Composed> composed(
      ResearchParams params,
      Draft draft,
      Embeddings embeddings,
      Ranked ranked,
      Optional<ModelCalls> model,
      Attempt attempt)
      throws Exception {
    if (model.isEmpty()) {
      return List.of();
    }
    var composer =
        new Composer(
            model.get(), compared(ranked, embeddings), draft.sources(), params.depthOrDefault());
    var composed = new ArrayList<Composed>();
    for (int number : IntStream.rangeClosed(1, draft.sections().size()).toArray()) {
      var section = draft.sections().get(number - 1);
      attempt.progress(82 + 12 * number / draft.sections().size(), "Writing section " + number);
      var label = "compose:" + number;
      var one =
          section.answered()
              ? attempt.step(label, Composed.class, () -> composer.compose(section, label))
              : Composed.unanswered(section);
      one.warning().ifPresent(attempt::warn);
      composed.add(one);
    }
    return List.copyOf(composed);
  }
}
