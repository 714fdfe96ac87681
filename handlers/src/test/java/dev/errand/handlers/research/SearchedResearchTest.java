package dev.errand.handlers.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.testkit.attempt.RecordingAttempt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Research that names search engines among its sources.
class SearchedResearchTest {
  private static final String HOW_LONG = "How long is green tea steeped?";
  private static final String TEA = "https://tea.example/green";

  @TempDir Path folder;

  private final Engine engine = new Engine();
  private Asking asking;

  @BeforeEach
  void makeWeb() throws IOException {
    asking =
        new Asking(folder)
            .searching(engine)
            .page(
                TEA,
                "<title>Tea</title><h1>Tea</h1><p>Green tea is steeped for two minutes at most.</p>");
  }

  @Test
  void pages_that_are_found_are_read_and_quoted() throws Exception {
    engine.pages.put(HOW_LONG, List.of("https://gone.example/", TEA));
    var answer = asking.ask(params("engine"), new RecordingAttempt(Asking.JSON));

    assertThat(answer.markdown()).contains("“Green tea is steeped for two minutes at most.”", TEA);
    assertThat(answer.report().unread())
        .extracting(Report.Unread::url)
        .containsExactly("https://gone.example/");
    assertThat(engine.asked).containsExactly("engine: " + HOW_LONG);
  }

  @Test
  void what_finds_nothing_ends_with_not_found() throws Exception {
    var answer = asking.ask(params("engine"), new RecordingAttempt(Asking.JSON));

    assertThat(answer.published().unanswered()).containsExactly(HOW_LONG);
  }

  @Test
  void a_search_that_fails_is_the_researchs_failure_where_nothing_else_is_given() {
    engine.failing = true;

    var failure =
        catchThrowableOfType(
            TaskFailure.class,
            () -> asking.ask(params("engine"), new RecordingAttempt(Asking.JSON)));
    assertThat(failure.code()).isEqualTo("search_unavailable");
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void a_search_that_fails_is_no_obstacle_where_pages_are_given() throws Exception {
    engine.failing = true;
    var given =
        new ResearchParams(
            HOW_LONG,
            Optional.empty(),
            Optional.of(List.of(TEA)),
            Optional.of(List.of("urls", "engine")),
            Optional.empty());

    assertThat(asking.ask(given, new RecordingAttempt(Asking.JSON)).published().quotes())
        .isPositive();
  }

  @Test
  void an_engine_that_cannot_be_asked_is_refused_when_it_is_named() {
    var refused =
        catchThrowableOfType(
            InvalidParams.class,
            () -> asking.handler().admit(params("engine", "gopher"), somebody()));

    assertThat(refused.violations()).extracting(Violation::pointer).containsExactly("/sources/1");
  }

  private static Caller somebody() {
    return new Caller("somebody", Caller.Role.USER);
  }

  private static ResearchParams params(String... sources) {
    return new ResearchParams(
        HOW_LONG,
        Optional.empty(),
        Optional.empty(),
        Optional.of(List.of(sources)),
        Optional.empty());
  }

  /// Knows some pages for some questions.
  private static final class Engine implements Searching {
    private final Map<String, List<String>> pages = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean failing;

    @Override
    public void check(String source, String pointer, InvalidParams.Check check) {
      check.that(source.equals("engine"), pointer, "is not known");
    }

    @Override
    public List<String> pages(List<String> questions, List<String> sources, Attempt attempt)
        throws TaskFailure {
      if (failing) {
        throw TaskFailure.external("search_unavailable", "engine answered 500", null);
      }
      List<String> found = new ArrayList<>();
      for (String question : questions) {
        asked.add(String.join(",", sources) + ": " + question);
        found.addAll(pages.getOrDefault(question, List.of()));
      }
      return found;
    }
  }
}
