package dev.errand.handlers.research;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.handlers.fetch.WebAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What to find out, and where. When there is nothing to read, the report says so.
///
/// @param prompt one or several questions, or a topic; 1 to 8,000 characters
/// @param docs folders on the worker's machine, absolute, at most 20
/// @param urls pages to read, http or https, at most 50
/// @param sources `docs`, `urls`, `web` for the usual search engine, and names of engines, at most
///   20; absent means all that are given, and the web where none is given and an engine is
///   configured
/// @param depth how much is shown of what was found; absent means detailed
/// @param reportType absent means as `depth` says
/// @param formats in which the report is stored; absent means Markdown and JSON
/// @param writer absent means the language model where one is configured
/// @param breadth queries for each open question in a round on the web, 1 to 5; absent means 2
/// @param rounds on the web, each asking about what is still open, 1 to 5; absent means 2
/// @param maxSearches on the web in all, 1 to 100; absent means 12
/// @param maxFetches of pages found on the web in all, 1 to 100; absent means 12
/// @param maxMinutes after which nothing more is looked for on the web, 1 to 120; absent means 5
/// @param planOnly whether to end with the plan
/// @param plan to be run instead of one that is made of the prompt
public record ResearchParams(
    String prompt,
    Optional<List<String>> docs,
    Optional<List<String>> urls,
    Optional<List<String>> sources,
    Optional<Depth> depth,
    Optional<ReportType> reportType,
    Optional<List<ReportFormat>> formats,
    Optional<WriterKind> writer,
    Optional<Integer> breadth,
    Optional<Integer> rounds,
    Optional<Integer> maxSearches,
    Optional<Integer> maxFetches,
    Optional<Integer> maxMinutes,
    Optional<Boolean> planOnly,
    Optional<ResearchPlan> plan) {
  private static final int LONGEST_PROMPT = 8_000;
  private static final int MOST_DOCS = 20;
  private static final int MOST_URLS = 50;
  private static final int MOST_BREADTH = 5;
  private static final int MOST_ROUNDS = 5;
  private static final int MOST_CALLS = 100;
  private static final int MOST_MINUTES = 120;
  private static final int MOST_SOURCES = 20;

  /// Sources that are not search engines' names.
  private static final Set<String> KINDS = Set.of("docs", "urls", "web");

  public ResearchParams {
    formats = formats.map(List::copyOf);
    docs = docs.map(List::copyOf);
    urls = urls.map(List::copyOf);
    sources = sources.map(List::copyOf);
    var check = new InvalidParams.Check();
    check.that(
        !prompt.isBlank() && prompt.length() <= LONGEST_PROMPT,
        "/prompt",
        "must have 1 to %d characters".formatted(LONGEST_PROMPT));
    checkDocs(docs.orElse(List.of()), check);
    checkUrls(urls.orElse(List.of()), check);
    checkSources(sources.orElse(List.of()), docs, urls, check);
    checkReport(depth, reportType, formats, check);
    within(check, breadth, "/breadth", MOST_BREADTH);
    within(check, rounds, "/rounds", MOST_ROUNDS);
    within(check, maxSearches, "/max_searches", MOST_CALLS);
    within(check, maxFetches, "/max_fetches", MOST_CALLS);
    within(check, maxMinutes, "/max_minutes", MOST_MINUTES);
    check.orThrow();
  }

  /// With nothing else asked for.
  public static ResearchParams of(String prompt, List<String> docs, List<String> urls) {
    return new ResearchParams(
        prompt,
        docs.isEmpty() ? Optional.empty() : Optional.of(docs),
        urls.isEmpty() ? Optional.empty() : Optional.of(urls),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The folders to read.
  List<Path> folders() {
    return uses("docs")
        ? docs.orElse(List.of()).stream().map(Path::of).distinct().toList()
        : List.of();
  }

  /// The pages to read.
  List<URI> pages() {
    return uses("urls")
        ? urls.orElse(List.of()).stream()
            .map(WebAddress::of)
            .map(WebAddress::uri)
            .distinct()
            .toList()
        : List.of();
  }

  Depth depthOrDefault() {
    return depth.orElse(
        reportType.filter(ReportType.BRIEF::equals).map(_ -> Depth.BRIEF).orElse(Depth.DETAILED));
  }

  ReportType reportTypeOrDefault() {
    return reportType.orElse(
        depthOrDefault() == Depth.BRIEF ? ReportType.BRIEF : ReportType.DETAILED);
  }

  List<ReportFormat> formatsOrDefault() {
    return formats.orElse(List.of(ReportFormat.MARKDOWN, ReportFormat.JSON));
  }

  /// The search engines that are named.
  List<String> engines() {
    return sources.orElse(List.of()).stream()
        .filter(source -> !KINDS.contains(source))
        .distinct()
        .toList();
  }

  /// Notes against the sources what this research cannot search.
  void checkEngines(Optional<WebSearch> search, InvalidParams.Check check) {
    var named = sources.orElse(List.of());
    for (int i = 0; i < named.size(); i++) {
      var source = named.get(i);
      var pointer = "/sources/" + i;
      if (source.equals("web")) {
        check.that(
            search.map(WebSearch::available).orElse(false),
            pointer,
            "web needs a search engine, and none is configured: " + SearchEngines.HOW_TO_CONFIGURE);
      } else if (!KINDS.contains(source)) {
        search.ifPresentOrElse(
            some -> some.check(source, pointer, check),
            () -> check.that(false, pointer, "'%s' cannot be searched here".formatted(source)));
      }
    }
  }

  /// Whether the web is asked for by name.
  boolean demandsWeb() {
    return sources.map(some -> some.contains("web")).orElse(false) || !engines().isEmpty();
  }

  /// Whether the web would be searched, given that it can be.
  boolean wantsWeb() {
    return demandsWeb() || (sources.isEmpty() && folders().isEmpty() && pages().isEmpty());
  }

  boolean onlyPlan() {
    return planOnly.orElse(false);
  }

  Exploration.Limits webLimits() {
    return new Exploration.Limits(
        breadth.orElse(2),
        rounds.orElse(2),
        maxSearches.orElse(12),
        maxFetches.orElse(12),
        Duration.ofMinutes(maxMinutes.orElse(5)));
  }

  private boolean uses(String kind) {
    return sources.map(some -> some.contains(kind)).orElse(true);
  }

  private static void checkDocs(List<String> docs, InvalidParams.Check check) {
    check.that(docs.size() <= MOST_DOCS, "/docs", "at most %d folders".formatted(MOST_DOCS));
    for (int i = 0; i < docs.size(); i++) {
      check.that(isAbsolute(docs.get(i)), "/docs/" + i, "must be the absolute path of a folder");
    }
  }

  private static void checkUrls(List<String> urls, InvalidParams.Check check) {
    check.that(urls.size() <= MOST_URLS, "/urls", "at most %d pages".formatted(MOST_URLS));
    for (int i = 0; i < urls.size(); i++) {
      var problem = WebAddress.problem(urls.get(i));
      check.that(problem.isEmpty(), "/urls/" + i, problem.orElse(""));
    }
  }

  private static void checkSources(
      List<String> sources,
      Optional<List<String>> docs,
      Optional<List<String>> urls,
      InvalidParams.Check check) {
    check.that(
        sources.size() <= MOST_SOURCES, "/sources", "at most %d sources".formatted(MOST_SOURCES));
    for (int i = 0; i < sources.size(); i++) {
      var kind = sources.get(i);
      check.that(!kind.equals("docs") || docs.isPresent(), "/sources/" + i, "docs names no folder");
      check.that(!kind.equals("urls") || urls.isPresent(), "/sources/" + i, "urls names no page");
    }
  }

  private static void checkReport(
      Optional<Depth> depth,
      Optional<ReportType> type,
      Optional<List<ReportFormat>> formats,
      InvalidParams.Check check) {
    check.that(
        depth.isEmpty()
            || type.isEmpty()
            || depth.get() == (type.get() == ReportType.BRIEF ? Depth.BRIEF : Depth.DETAILED)
            || type.get() == ReportType.QA
            || type.get() == ReportType.RESOURCE_LIST,
        "/report_type",
        "says something else than depth");
    check.that(
        formats.map(some -> !some.isEmpty()).orElse(true), "/formats", "must name one or more");
  }

  private static void within(
      InvalidParams.Check check, Optional<Integer> value, String pointer, int most) {
    check.that(
        value.map(one -> one >= 1 && one <= most).orElse(true), pointer, "must be 1 to " + most);
  }

  private static boolean isAbsolute(String folder) {
    try {
      return Path.of(folder).isAbsolute();
    } catch (InvalidPathException _) {
      return false;
    }
  }
}
