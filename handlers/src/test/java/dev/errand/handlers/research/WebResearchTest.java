package dev.errand.handlers.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.handlers.research.Asking.Answer;
import dev.errand.handlers.research.ResearchResult.Published;
import dev.errand.testkit.attempt.RecordingAttempt;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Research that looks for its sources itself.
class WebResearchTest {
  private static final String TEA = "http://tea.example/green";
  private static final String HOW_LONG = "How long is green tea steeped?";

  @TempDir private Path folder;
  private final FakeWeb web = new FakeWeb();
  private Asking asking;

  @BeforeEach
  void setUp() throws IOException {
    asking =
        new Asking(folder)
            .searching(web)
            .page(
                TEA,
                "<title>Green tea</title><h1>Green tea</h1><p>Green tea is steeped for two minutes at"
                    + " eighty degrees.</p>")
            .page(
                "http://coffee.example/",
                "<title>Coffee</title><h1>Coffee</h1><p>An espresso takes about 25 seconds to"
                    + " brew.</p>");
  }

  @Test
  void pages_are_looked_for_read_and_quoted_and_the_report_says_why() throws Exception {
    web.finds("tea", TEA + " Green tea and how it is steeped");
    var answer = ask("{'prompt':'%s'}".formatted(HOW_LONG));
    assertThat(answer.published().answer()).startsWith("Green tea is steeped for two minutes");
    assertThat(web.asked().getFirst()).isEqualTo("How long is green tea steeped");
    assertThat(answer.report().sources().getFirst().reasons().orElseThrow())
        .contains(
            "found by fake at place 1 for “How long is green tea steeped”",
            "recent, of 2 January 2030",
            "the first page of tea.example");
    assertThat(answer.markdown())
        .contains("score 1.00: answers 1 of 1", "stopped because every question is answered.")
        .contains("| search:1.1 | 0 | 0.005 |");
    assertThat(answer.report().costs())
        .extracting(Report.Cost::usd)
        .contains(Optional.of(new BigDecimal("0.005")));
  }

  @Test
  void where_nothing_is_found_there_is_no_report_made_up() throws Exception {
    var answer = ask("{'prompt':'%s','rounds':3}".formatted(HOW_LONG));
    assertThat(answer.published().answer()).isEmpty();
    assertThat(answer.published().sources()).isZero();
    assertThat(answer.markdown())
        .contains("**No sources found.**")
        .contains("in 3 rounds and read 0 pages; stopped because the rounds are over (rounds: 3).");
  }

  @Test
  void the_first_round_asks_what_the_plan_says() throws Exception {
    ask(
        "{'prompt':'Tea','rounds':1,'plan':{'questions':[{'question':'%s','queries':['sencha steeping']}]}}"
            .formatted(HOW_LONG));
    assertThat(web.asked()).containsExactly("sencha steeping");
  }

  @Test
  void what_is_no_address_of_the_web_is_passed_over() throws Exception {
    web.finds(
        "tea",
        "ftp://tea.example/ Tea by file",
        "http://user:secret@tea.example/ Tea",
        TEA + " Tea");
    var answer = ask("{'prompt':'%s'}".formatted(HOW_LONG));
    assertThat(answer.report().unread()).isEmpty();
    assertThat(answer.report().sources()).extracting(Report.Source::location).containsExactly(TEA);
  }

  @Test
  void the_same_page_under_two_addresses_is_read_once() throws Exception {
    web.finds("tea", TEA + "?utm_source=x Tea", TEA + "#top Tea again", TEA + " Tea once more");
    var answer = ask("{'prompt':'%s'}".formatted(HOW_LONG));
    assertThat(answer.attempt().finishedSteps().keySet())
        .filteredOn(step -> step.startsWith("fetch:"))
        .hasSize(1);
    assertThat(answer.published().answer()).contains("two minutes");
  }

  @Test
  void a_search_that_fails_is_a_warning() throws Exception {
    web.fails("steeped");
    var answer = ask("{'prompt':'%s','breadth':1,'rounds':1}".formatted(HOW_LONG));
    assertThat(answer.published().warnings())
        .containsExactly(
            "“How long is green tea steeped” could not be searched for: fake answered 503");
    assertThat(answer.markdown()).contains("**No sources found.**", "## Warnings");
  }

  @Test
  void what_is_still_open_is_searched_for_again_with_what_was_learned() throws Exception {
    web.finds(
        "take",
        "http://nowhere.example/1 Barista handbook",
        "http://nowhere.example/2 Barista facts");
    web.finds("barista", "http://coffee.example/ Espresso in practice");
    var answer = ask("{'prompt':'How long does an espresso take?','breadth':1,'rounds':3}");
    assertThat(web.asked()).hasSize(2);
    assertThat(web.asked().get(1)).contains("espresso barista");
    assertThat(answer.published().answer()).contains("25 seconds");
    assertThat(answer.markdown()).contains("## Not read", "http://nowhere.example/1");
  }

  @Test
  void limits_are_never_passed() throws Exception {
    web.finds(
        "tea",
        "http://a.example/1 First",
        "http://a.example/2 Second",
        "http://b.example/ Third",
        "http://c.example/ Fourth");
    var answer =
        ask(
            "{'prompt':'%s','breadth':5,'rounds':5,'max_searches':3,'max_fetches':2}"
                .formatted(HOW_LONG));
    assertThat(web.asked()).hasSizeLessThanOrEqualTo(3);
    assertThat(answer.report().unread()).hasSize(2);
    assertThat(answer.report().searched().web().orElseThrow().stopped())
        .containsAnyOf("max_searches: 3", "max_fetches: 2", "nothing more");
  }

  @Test
  void time_is_a_limit_too() throws Exception {
    web.meanwhile(() -> asking.clock().advance(Duration.ofMinutes(2)));
    var answer = ask("{'prompt':'%s','breadth':3,'max_minutes':1}".formatted(HOW_LONG));
    assertThat(web.asked()).hasSize(1);
    assertThat(answer.markdown()).contains("the time is over (max_minutes: 1)");
  }

  @Test
  void engines_are_named_among_the_sources_and_refused_where_they_cannot_be_asked()
      throws Exception {
    ask("{'prompt':'%s','sources':['fake']}".formatted(HOW_LONG));
    assertThat(web.asked()).isNotEmpty();

    assertThatThrownBy(() ->
            asking
                .handler()
                .admit(
                    Asking.json("{'prompt':'x','sources':['fake','gopher']}"),
                    new Caller("somebody", Caller.Role.USER)))
        .isInstanceOfSatisfying(
            InvalidParams.class,
            refused ->
                assertThat(refused.violations())
                    .extracting(Violation::pointer)
                    .containsExactly("/sources/1"));
  }

  @Test
  void folders_and_pages_that_were_given_keep_research_off_the_web() throws Exception {
    asking.file("tea.md", "# Tea\n\nGreen tea is steeped for three minutes.\n");
    ask("{'prompt':'%s','docs':['%s']}".formatted(HOW_LONG, asking.docs()));
    assertThat(web.asked()).isEmpty();
    ask(
        "{'prompt':'%s','docs':['%s'],'sources':['docs','web']}"
            .formatted(HOW_LONG, asking.docs()));
    assertThat(web.asked()).isNotEmpty();
  }

  @Test
  void the_web_without_a_provider_is_refused_with_what_to_configure() throws Exception {
    var handler = new Asking(folder.resolve("other")).handler();
    assertThatThrownBy(() ->
            handler.admit(
                Asking.json("{'prompt':'x','sources':['web']}"),
                new Caller("somebody", Caller.Role.USER)))
        .isInstanceOf(InvalidParams.class)
        .hasMessageContaining("BRAVE_API_KEY");
  }

  @Test
  void contradictions_are_shown_with_their_dates_and_suggest_a_question() throws Exception {
    asking.page(
        "http://other.example/",
        "<title>Green tea</title><h1>Green tea</h1><p>Green tea is steeped for 5 minutes at 80"
            + " degrees.</p>");
    asking.page(
        TEA,
        "<title>Tea</title><h1>Tea</h1><p>Green tea is steeped for 2 minutes at 80 degrees.</p>");
    web.finds("tea", TEA + " Green tea", "http://other.example/ Steeping green tea");
    var answer = ask("{'prompt':'%s'}".formatted(HOW_LONG));
    assertThat(answer.markdown())
        .contains("**The sources differ:**", ", dated 2 January 2030")
        .contains("## To ask next\n\n- The sources differ on “How long is green tea steeped?”");
  }

  @Test
  void no_search_and_no_fetch_is_made_twice_wherever_the_task_is_killed() throws Exception {
    web.finds("take", "http://nowhere.example/1 Barista handbook");
    web.finds("barista", "http://coffee.example/ Espresso in practice");
    web.finds("tea", TEA + " Green tea");
    var params =
        Asking.json(
            "{'prompt':'How long does an espresso take? %s','rounds':3}".formatted(HOW_LONG));
    var whole = asking.ask(params, new RecordingAttempt(Asking.JSON));
    var steps = List.copyOf(whole.attempt().finishedSteps().keySet());
    assertThat(steps)
        .contains(
            "explore", "round:1", "search:1.1", "fetch:1.1", "assess:1", "round:2", "search:2.1");
    int searched = web.asked().size();
    for (String last : steps.subList(0, steps.size() - 1)) {
      var before = web.asked().size();
      var fetches = new AtomicInteger();
      var attempt = Asking.stoppedAfter(last, whole.attempt());
      var published =
          (Published)
              asking
                  .handler(address -> {
                    fetches.incrementAndGet();
                    return asking.fetch(address);
                  })
                  .handle(params, attempt);
      assertThat(new Answer(attempt, published).markdown())
          .as("after " + last)
          .isEqualTo(whole.markdown());
      var done = steps.subList(0, steps.indexOf(last) + 1);
      assertThat(web.asked().size() - before)
          .as("searches after " + last)
          .isEqualTo(searched - done.stream().filter(step -> step.startsWith("search:")).count());
      assertThat(fetches.get())
          .as("fetches after " + last)
          .isEqualTo(
              steps.stream().filter(step -> step.startsWith("fetch:")).count()
                  - done.stream().filter(step -> step.startsWith("fetch:")).count());
    }
  }

  private Answer ask(String params) throws Exception {
    return asking.ask(Asking.json(params), new RecordingAttempt(Asking.JSON));
  }
}
