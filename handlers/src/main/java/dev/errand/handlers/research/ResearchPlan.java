package dev.errand.handlers.research;

import dev.errand.engine.attempt.InvalidParams;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A plan for people: shown before research runs, edited, and given back to be run as it is.
///
/// @param questions 1 to 20, in the order of the report
/// @param leftOut questions of the prompt beyond the most that are answered
public record ResearchPlan(List<Item> questions, Optional<Integer> leftOut) {
  private static final int LONGEST_QUESTION = 8_000;
  private static final int MOST_ABOUT = 40;
  private static final int MOST_QUERIES = 10;

  /// One question.
  ///
  /// @param about words that it leaves unsaid, such as what "it" stands for
  /// @param queries with which to begin looking on the web; absent leaves them to the rules
  public record Item(
      String question, Optional<List<String>> about, Optional<List<String>> queries) {
    public Item {
      about = about.map(List::copyOf);
      queries = queries.map(List::copyOf);
      var check = new InvalidParams.Check();
      check.that(
          !question.isBlank() && question.length() <= LONGEST_QUESTION,
          "/question",
          "must have 1 to %d characters".formatted(LONGEST_QUESTION));
      check.that(
          about.map(List::size).orElse(0) <= MOST_ABOUT,
          "/about",
          "at most %d words".formatted(MOST_ABOUT));
      var asked = queries.orElse(List.of());
      check.that(
          asked.size() <= MOST_QUERIES, "/queries", "at most %d queries".formatted(MOST_QUERIES));
      for (int i = 0; i < asked.size(); i++) {
        check.that(
            WebSearch.takes(asked.get(i)),
            "/queries/" + i,
            "must have 1 to %d characters and at most %d words"
                .formatted(WebSearch.LONGEST_QUERY, WebSearch.MOST_WORDS));
      }
      check.orThrow();
    }
  }

  public ResearchPlan {
    questions = List.copyOf(questions);
    new InvalidParams.Check()
        .that(
            !questions.isEmpty() && questions.size() <= Planner.MOST_QUESTIONS,
            "/questions",
            "must be 1 to %d questions".formatted(Planner.MOST_QUESTIONS))
        .orThrow();
  }

  /// @param perQuestion queries for each question, at most
  static ResearchPlan of(Plan plan, int perQuestion) {
    return new ResearchPlan(
        plan.questions().stream()
            .map(question ->
                new Item(
                    question.text(),
                    Optional.of(unsaid(question)).filter(words -> !words.isEmpty()),
                    Optional.of(Queries.first(question, perQuestion))))
            .toList(),
        Optional.of(plan.leftOut()));
  }

  private static List<String> unsaid(Question question) {
    var said = KeyTerms.of(question.text());
    return Stream.concat(
            said.isEmpty() ? question.terms().stream() : Stream.empty(),
            question.context().stream())
        .distinct()
        .limit(MOST_ABOUT)
        .toList();
  }

  Plan plan() {
    return new Plan(
        questions.stream().map(item -> Planner.asked(item.question(), about(item))).toList(),
        leftOut.orElse(0));
  }

  /// Words as they are in the index; those that a plan showed already are.
  private static List<String> about(Item item) {
    return item.about().orElse(List.of()).stream()
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .flatMap(word -> word.contains(" ") ? KeyTerms.of(word).stream() : Stream.of(word))
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }

  /// For people, one line each.
  List<String> lines() {
    return IntStream.range(0, questions.size())
        .mapToObj(i -> "%d. %s".formatted(i + 1, Excerpts.line(questions.get(i).question())))
        .toList();
  }
}
