package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A search that finds pages by a word in the query, and remembers what it was asked.
final class FakeWeb implements WebSearch {
  static final Money PRICE = new Money(5_000);

  private final Map<String, List<Hit>> byWord = new LinkedHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private Runnable meanwhile = () -> {};

  /// Queries that hold `word` find these pages, in this order; each is `url title`.
  FakeWeb finds(String word, String... pages) {
    var hits = new ArrayList<Hit>();
    for (String page : pages) {
      var parts = page.split(" ", 2);
      hits.add(
          new Hit(
              parts[0],
              parts[1],
              "About " + parts[1],
              Optional.of(Instant.parse("2030-01-02T00:00:00Z")),
              "fake",
              hits.size() + 1));
    }
    byWord.put(word, hits);
    return this;
  }

  /// Nobody answers queries that hold `word`.
  FakeWeb fails(String word) {
    broken.add(word);
    return this;
  }

  /// What happens while it searches.
  FakeWeb meanwhile(Runnable something) {
    meanwhile = something;
    return this;
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public void check(String engine, String pointer, InvalidParams.Check check) {
    check.that(engine.equals("fake"), pointer, "is not known");
  }

  @Override
  public Answer search(String query, List<String> engines, Attempt attempt, String label)
      throws TaskFailure {
    asked.add(query);
    meanwhile.run();
    var text = query.toLowerCase(Locale.ROOT);
    if (broken.stream().anyMatch(text::contains)) {
      throw TaskFailure.external("search_failed", "fake answered 503", null);
    }
    return new Answer(
        byWord.entrySet().stream()
            .filter(one -> Arrays.asList(text.split("\\W+")).contains(one.getKey()))
            .flatMap(one -> one.getValue().stream())
            .toList(),
        List.of(),
        PRICE);
  }
}
