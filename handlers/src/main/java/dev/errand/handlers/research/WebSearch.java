package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.handlers.search.Hit;
import dev.errand.handlers.search.Search;
import dev.errand.handlers.search.SearchQuery;
import dev.errand.handlers.search.SearchResult;
import dev.errand.handlers.search.Sources;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds pages by asking search engines each question.
public final class WebSearch implements Searching {
  private static final int PAGES_FOR_ONE = 5;
  private static final int MOST_PAGES = 30;

  /// What every engine takes.
  private static final int LONGEST_QUERY = 300;

  private static final int MOST_WORDS = 40;

  private final Search search;
  private final Sources sources;

  public WebSearch(Search search, Sources sources) {
    this.search = search;
    this.sources = sources;
  }

  @Override
  public void check(String source, String pointer, InvalidParams.Check check) {
    sources.check(source, pointer, check);
  }

  @Override
  public List<String> pages(List<String> questions, List<String> named, Attempt attempt)
      throws TaskFailure, InterruptedException {
    List<List<String>> found = new ArrayList<>();
    Optional<TaskFailure> failure = Optional.empty();
    for (int i = 0; i < questions.size(); i++) {
      try {
        SearchQuery query =
            new SearchQuery(brief(questions.get(i)), PAGES_FOR_ONE, Optional.empty(), List.of());
        SearchResult result = search.run(query, named, attempt, "search %d/".formatted(i + 1));
        found.add(addresses(result));
        attempt.info("%d pages found for: %s".formatted(found.getLast().size(), query.text()));
      } catch (TaskFailure none) {
        failure = Optional.of(none);
      }
    }
    if (found.isEmpty() && failure.isPresent()) {
      throw failure.get();
    }
    return inTurns(found);
  }

  private static String brief(String question) {
    StringBuilder brief = new StringBuilder();
    for (String word : question.strip().split("\\s+", MOST_WORDS + 1)) {
      if (brief.length() + word.length() >= LONGEST_QUERY || word.indexOf(' ') >= 0) {
        break;
      }
      brief.append(brief.isEmpty() ? "" : " ").append(word);
    }
    return brief.isEmpty()
        ? question.substring(0, Math.min(LONGEST_QUERY, question.length()))
        : brief.toString();
  }

  private static List<String> addresses(SearchResult result) {
    return result.results().stream().map(Hit::url).filter(url -> url.startsWith("http")).toList();
  }

  /// The best for each question, then the second best for each.
  private static List<String> inTurns(List<List<String>> found) {
    Set<String> pages = new LinkedHashSet<>();
    for (int rank = 0; rank < PAGES_FOR_ONE; rank++) {
      for (List<String> one : found) {
        if (rank < one.size() && pages.size() < MOST_PAGES) {
          pages.add(one.get(rank));
        }
      }
    }
    return List.copyOf(pages);
  }
}
