package dev.errand.handlers.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.hash.Sha256;
import dev.errand.handlers.corpus.Embedder;
import dev.errand.handlers.read.Reader;
import dev.errand.testkit.attempt.RecordingAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResearchHandlerTest {
  private static final String TEA =
      """
      # Tea

      Tea is an infusion of leaves in hot water. It is older than coffee.

      ## Steeping

      Green tea is steeped for two minutes at eighty degrees. Black tea is steeped for four minutes
      because its leaves are oxidised. White tea was first sold in 1781.

      ## Cups

      A porcelain cup holds 250 ml of tea.
      """;
  private static final String COFFEE =
      """
      # Coffee

      Coffee is brewed from roasted beans. An espresso takes about 25 seconds to brew.
      """;
  private static final String HOW_LONG = "How long is green tea steeped?";

  @TempDir private Path folder;
  private Asking asking;

  @BeforeEach
  void setUp() throws IOException {
    asking = new Asking(folder).file("tea.md", TEA).file("coffee.md", COFFEE);
  }

  @Test
  void a_question_is_answered_in_the_words_of_a_source() throws Exception {
    var answer = asking.ask(HOW_LONG);
    assertThat(answer.published().answer())
        .startsWith("Green tea is steeped for two minutes at eighty degrees.");
    assertThat(answer.markdown())
        .startsWith("# How long is green tea steeped?\n")
        .contains("\n> “Green tea is steeped for two minutes at eighty degrees.")
        .contains("- [1] **Tea** — tea.md, sha256 " + Sha256.hex(TEA).substring(0, 12) + "…")
        .contains("writer=extractive (no language model was used)")
        .contains("Searched 2 documents");
  }

  @Test
  void every_step_is_taken_in_order_and_progress_never_goes_back() throws Exception {
    var attempt = asking.ask(HOW_LONG).attempt();
    assertThat(attempt.finishedSteps().keySet())
        .containsExactlyElementsOf(asking.handler().steps());
    assertThat(attempt.reported()).extracting(RecordingAttempt.Progress::percent).isSorted();
  }

  @Test
  void quotes_stand_where_the_report_says_they_stand() throws Exception {
    var answer = asking.ask(HOW_LONG + " How long takes an espresso?");
    var report = answer.report();
    assertThat(report.checks().quotes()).isPositive().isEqualTo(report.checks().verbatim());
    for (var section : report.sections()) {
      for (var evidence : section.quotes()) {
        var source = report.sources().get(evidence.source() - 1);
        var text =
            new Reader()
                .read(Files.readAllBytes(Path.of(source.location())), "text/markdown", null)
                .text();
        assertThat(text.substring(evidence.start(), evidence.end())).isEqualTo(evidence.quote());
        assertThat(Sha256.hex(text)).isEqualTo(source.textSha256());
        assertThat(Sha256.hex(evidence.quote())).isEqualTo(evidence.sha256());
      }
    }
  }

  @Test
  void the_three_artifacts_say_the_same() throws Exception {
    var answer = asking.ask(HOW_LONG + " Why is black tea steeped longer?");
    assertThat(answer.attempt().stored())
        .extracting(stored -> stored.artifact().name())
        .containsExactly("plan.json", "report.md", "report.json", "evidence.jsonl");
    assertThat(answer.published().artifacts())
        .containsExactly("report.md", "report.json", "evidence.jsonl");
    var quotes = new ArrayList<String>();
    for (var section : answer.report().sections()) {
      for (var claim : section.claims()) {
        claim.evidence().forEach(evidence -> quotes.add(evidence.quote()));
      }
    }
    assertThat(answer.evidence())
        .extracting(line -> Asking.JSON.read(line, Line.class).quote())
        .isEqualTo(quotes);
    assertThat(quotes)
        .allSatisfy(
            quote -> assertThat(answer.markdown()).contains("“" + quote.replace("\n", " ") + "”"));
  }

  /// A line of evidence.jsonl.
  record Line(
      String question,
      String claim,
      int source,
      String location,
      List<String> headings,
      int start,
      int end,
      String sha256,
      String textSha256,
      double score,
      String quote) {}

  @Test
  void what_no_document_says_is_not_found() throws Exception {
    var answer = asking.ask("Who won the football world cup?");
    assertThat(answer.published().answer()).isEmpty();
    assertThat(answer.published().unanswered()).containsExactly("Who won the football world cup?");
    assertThat(answer.published().quotes()).isZero();
    assertThat(answer.evidence()).isEmpty();
    assertThat(answer.markdown())
        .contains("**Not found.** Nothing in the documents searched answers this.")
        .contains("No document mentions “won”, “football”, “world”.");
  }

  @Test
  void each_of_several_questions_gets_its_own_section() throws Exception {
    var answer =
        asking.ask(
            "1. How long is green tea steeped?\n2. How long does an espresso take?\n3. Who is the king of France?");
    assertThat(answer.report().sections())
        .extracting(section -> section.claims().isEmpty())
        .containsExactly(false, false, true);
    assertThat(answer.markdown())
        .startsWith("# Research report\n")
        .contains("| Who is the king of France? | **Not found** |")
        .contains("## How long does an espresso take?");
  }

  @Test
  void the_same_documents_give_the_same_report() throws Exception {
    var first = asking.ask(HOW_LONG);
    var again = asking.ask(HOW_LONG);
    assertThat(again.markdown()).isEqualTo(first.markdown());
    assertThat(again.evidence()).isEqualTo(first.evidence());
  }

  @Test
  void a_second_attempt_goes_on_where_the_first_one_stopped() throws Exception {
    var params = asking.prompt(HOW_LONG);
    var whole = asking.ask(params, new RecordingAttempt(Asking.JSON));
    for (String last : List.of("plan", "find", "fetch", "rank", "write")) {
      var attempt = Asking.stoppedAfter(last, whole.attempt());
      assertThat(asking.ask(params, attempt).markdown())
          .as("after " + last)
          .isEqualTo(whole.markdown());
    }
  }

  @Test
  void a_finished_fetch_is_not_made_again() throws Exception {
    asking.page(
        "http://example.org/tea", "<h1>Tea</h1><p>Green tea is steeped for two minutes.</p>");
    var params = Asking.params(HOW_LONG, List.of(), List.of("http://example.org/tea"));
    var first = asking.ask(params, new RecordingAttempt(Asking.JSON));
    var second = first.attempt().next();
    var published =
        asking
            .handler(address -> {
              throw new AssertionError(address + " was fetched again");
            })
            .handle(params, second);
    assertThat(published).isEqualTo(first.published());
  }

  @Test
  void a_document_that_changed_since_it_was_ranked_is_not_quoted() throws Exception {
    var params = asking.prompt(HOW_LONG);
    var first = asking.ask(params, new RecordingAttempt(Asking.JSON));
    asking.file("tea.md", "# Tea\n\nGreen tea is steeped for as long as you like it, really.");
    asking.ask("How long takes an espresso to brew?"); // reads the folder again
    var later = Asking.stoppedAfter("rank", first.attempt());
    assertThat(asking.ask(params, later).quotes()).noneMatch(quote -> quote.contains("Green tea"));
  }

  @Test
  void a_cancelled_attempt_ends_at_once_and_leaves_no_report() throws Exception {
    var reached = new CountDownLatch(1);
    var attempt = new RecordingAttempt(Asking.JSON);
    var params = Asking.params(HOW_LONG, List.of(), List.of("http://example.org/slow"));
    var handler =
        asking.handler(address -> {
          reached.countDown();
          new CountDownLatch(1).await();
          throw new AssertionError("never");
        });
    var ended = new AtomicReference<Throwable>();
    var running =
        Thread.ofVirtual()
            .start(() -> {
              try {
                handler.handle(params, attempt);
              } catch (Throwable e) {
                ended.set(e);
              }
            });
    reached.await();
    running.interrupt();
    running.join();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    assertThat(attempt.stored())
        .extracting(stored -> stored.artifact().name())
        .containsExactly("plan.json");
  }

  @Test
  void pages_that_cannot_be_read_are_said_and_do_not_stop_the_others() throws Exception {
    asking.page(
        "http://example.org/water",
        "<h1>Water</h1><p>Water boils at one hundred degrees at sea level.</p>");
    var urls = List.of("http://example.org/gone", "http://example.org/water");
    var params =
        Asking.params("When does water boil? " + HOW_LONG, List.of(asking.docs().toString()), urls);
    var answer = asking.ask(params, new RecordingAttempt(Asking.JSON));
    assertThat(answer.published().unanswered()).isEmpty();
    assertThat(answer.warnings())
        .containsExactly("Could not read http://example.org/gone: the server answered 404");
    assertThat(answer.markdown())
        .contains("## Not read\n\n- http://example.org/gone: the server answered 404");
    assertThat(answer.attempt().stored("source_text").text())
        .contains("Water boils at one hundred degrees at sea level.");
  }

  @Test
  void pages_that_all_fail_may_be_tried_again() {
    var params = Asking.params(HOW_LONG, List.of(), List.of("http://example.org/gone"));
    var failure =
        catchThrowableOfType(
            TaskFailure.class, () -> asking.ask(params, new RecordingAttempt(Asking.JSON)));
    assertThat(failure.retryable()).isTrue();
    assertThat(failure).hasMessageContaining("the server answered 404");
  }

  @Test
  void without_any_document_the_report_says_so() throws Exception {
    var nothing =
        asking.ask(
            Asking.params(HOW_LONG, List.of(), List.of()), new RecordingAttempt(Asking.JSON));
    assertThat(nothing.markdown())
        .contains("**Not found.** There was no document to search")
        .contains("Searched 0 documents");
    assertThat(nothing.warnings())
        .containsExactly("There is no document to read in what was given");
    var empty = Files.createDirectory(asking.docs().resolveSibling("empty"));
    var params = Asking.params(HOW_LONG, List.of(empty.toString()), List.of());
    assertThat(asking.ask(params, new RecordingAttempt(Asking.JSON)).published().documents())
        .isZero();
  }

  @Test
  void folders_that_are_missing_or_not_allowed_fail_for_good() {
    for (String wrong : List.of("/nowhere/at/all", "/")) {
      var params = Asking.params(HOW_LONG, List.of(wrong), List.of());
      var failure =
          catchThrowableOfType(
              TaskFailure.class, () -> asking.ask(params, new RecordingAttempt(Asking.JSON)));
      assertThat(failure.retryable()).as(wrong).isFalse();
    }
  }

  @Test
  void a_link_to_a_forbidden_folder_is_no_way_in() throws Exception {
    var link = Files.createSymbolicLink(asking.docs().resolve("root"), Path.of("/"));
    assertThatThrownBy(() ->
            asking.ask(
                Asking.params(HOW_LONG, List.of(link.toString()), List.of()),
                new RecordingAttempt(Asking.JSON)))
        .isInstanceOf(TaskFailure.class)
        .hasMessageContaining("outside the folders");
  }

  @Test
  void without_embeddings_words_decide_and_the_report_says_so() throws Exception {
    var answer = asking.ask(HOW_LONG);
    assertThat(answer.published().retrieval()).isEqualTo("bm25");
    assertThat(answer.markdown()).contains("retrieval=bm25 (no embedding model was used)");
    assertThat(answer.warnings()).isEmpty();
  }

  @Test
  void an_embedder_that_cannot_be_loaded_costs_no_more_than_its_help() throws Exception {
    var broken =
        new Embedder() {
          @Override
          public String model() {
            return "broken";
          }

          @Override
          public List<float[]> embed(List<String> texts) throws IOException {
            throw new IOException("no native library for this platform");
          }
        };
    var answer = asking.embeddedBy(broken).ask(HOW_LONG);
    assertThat(answer.published().answer())
        .startsWith("Green tea is steeped for two minutes at eighty degrees.");
    assertThat(answer.markdown()).contains("retrieval=bm25 (no embedding model was used)");
    assertThat(answer.warnings())
        .containsExactly("Searching by words alone: no native library for this platform");
  }

  @Test
  void a_lost_index_is_made_again_by_the_attempt_that_needs_it() throws Exception {
    var params = asking.prompt(HOW_LONG);
    var first = asking.ask(params, new RecordingAttempt(Asking.JSON));
    var later = Asking.stoppedAfter("fetch", first.attempt());
    try (var files = Files.walk(folder.resolve("home"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.write(file, new byte[0]);
      }
    }
    assertThat(asking.ask(params, later).markdown()).isEqualTo(first.markdown());
  }
}
