package dev.errand.handlers.research;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.handlers.fetch.WebAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What to find out, and where. Without folders, pages and search engines nothing is found, and the
/// report says so.
///
/// @param prompt one or several questions, or a topic; 1 to 8,000 characters
/// @param docs folders on the worker's machine, absolute, at most 20
/// @param urls pages to read, http or https, at most 50
/// @param sources which of `docs` and `urls` to use, and which search engines to ask; absent means
///   the folders and pages that are given, and no engine
/// @param depth absent means detailed
public record ResearchParams(
    String prompt,
    Optional<List<String>> docs,
    Optional<List<String>> urls,
    Optional<List<String>> sources,
    Optional<Depth> depth) {
  private static final int LONGEST_PROMPT = 8_000;
  private static final int MOST_DOCS = 20;
  private static final int MOST_URLS = 50;
  private static final int MOST_SOURCES = 20;
  private static final Set<String> GIVEN = Set.of("docs", "urls");

  public ResearchParams {
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
    check.orThrow();
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

  /// The search engines to ask, by name.
  List<String> engines() {
    return sources.orElse(List.of()).stream()
        .filter(source -> !GIVEN.contains(source))
        .distinct()
        .toList();
  }

  /// Notes against each source that names a search engine when it cannot be asked.
  void checkEngines(Searching searching, InvalidParams.Check check) {
    var named = sources.orElse(List.of());
    for (int i = 0; i < named.size(); i++) {
      if (!GIVEN.contains(named.get(i))) {
        searching.check(named.get(i), "/sources/" + i, check);
      }
    }
  }

  Depth depthOrDefault() {
    return depth.orElse(Depth.DETAILED);
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
      var problem = problem(urls.get(i));
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

  private static boolean isAbsolute(String folder) {
    try {
      return Path.of(folder).isAbsolute();
    } catch (InvalidPathException _) {
      return false;
    }
  }

  private static Optional<String> problem(String url) {
    try {
      WebAddress.of(url);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
