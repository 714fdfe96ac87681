package dev.errand.handlers.research;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handlers.corpus.Embedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found, what is chosen of it, and in what order it is shown.
class RankingTest {
  @TempDir private Path folder;
  private Asking asking;

  @BeforeEach
  void setUp() throws IOException {
    asking = new Asking(folder);
  }

  @Test
  void a_number_is_preferred_where_a_number_is_asked_for() throws Exception {
    asking.file(
        "cups.txt",
        """
        The size of a tea cup depends on the country in which the tea cup is sold.

        A tea cup has a size of 250 ml in most countries.
        """);
    assertThat(asking.ask("How large is a tea cup?").quotes().getFirst()).contains("250 ml");
  }

  @Test
  void lists_of_links_come_after_what_they_point_to() throws Exception {
    var contents = new StringBuilder("<html><body><h1>Green tea steeping</h1><ul>");
    for (int i = 0; i < 40; i++) {
      contents.append(
          "<li><a href='t%d.html'>How green tea steeping is done, green tea in part %d.</a></li>"
              .formatted(i, i));
    }
    asking.file("contents.html", contents + "</ul></body></html>");
    asking.file(
        "steeping.html",
        "<html><body><h1>Steeping</h1><p>Green tea is steeped at eighty degrees, which takes two"
            + " minutes of your time and a little patience.</p></body></html>");
    var report = asking.ask("How is green tea steeped?").report();
    assertThat(report.sections().getFirst().claims().getFirst().first().quote())
        .contains("eighty degrees");
  }

  @Test
  void a_copy_is_not_evidence_of_its_own() throws Exception {
    var text = "Green tea is steeped at eighty degrees for two minutes and then poured.";
    asking.file("one.txt", text).file("two.txt", text);
    var answer = asking.ask("How long is green tea steeped?");
    assertThat(answer.quotes()).containsExactly(text);
    assertThat(answer.report().sources()).hasSize(1);
  }

  @Test
  void the_same_said_elsewhere_is_named_with_it() throws Exception {
    asking
        .file(
            "one.txt",
            "All about tea.\n\nGreen tea is steeped at eighty degrees for two minutes.\n\nTea came to"
                + " Europe by ship in wooden boxes.")
        .file(
            "two.txt",
            "A kitchen guide.\n\nGreen tea is steeped at eighty degrees for two minutes.\n\nPots are"
                + " washed by hand, never in a machine.");
    var answer = asking.ask("How long is green tea steeped?");
    assertThat(answer.report().sections().getFirst().claims().getFirst().also()).hasSize(1);
    assertThat(answer.markdown()).contains("(also in [2])");
  }

  @Test
  void sources_that_differ_in_numbers_are_shown_side_by_side() throws Exception {
    asking
        .file(
            "one.txt", "All about tea.\n\nGreen tea should be steeped for 2 minutes in hot water.")
        .file(
            "two.txt",
            "A kitchen guide.\n\nGreen tea should be steeped for 7 minutes in hot water.");
    var answer = asking.ask("How long should green tea be steeped?");
    assertThat(answer.report().sections().getFirst().disagreements()).hasSize(1);
    assertThat(answer.markdown())
        .contains("**The sources differ:**")
        .contains("- “Green tea should be steeped for 2 minutes in hot water.” [1]")
        .contains("- “Green tea should be steeped for 7 minutes in hot water.” [2]");
  }

  @Test
  void a_list_is_quoted_with_the_sentence_that_introduces_it() throws Exception {
    asking.file("kinds.md", "# Tea\n\nThese are the kinds of tea:\n\n- green tea\n- black tea\n");
    assertThat(asking.ask("Which kinds of tea are there?").markdown())
        .contains("> “These are the kinds of tea:” [1]\n>\n> - “green tea”\n>\n> - “black tea”");
  }

  @Test
  void meaning_finds_what_words_alone_would_rank_last() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      text.append(
          "# Part %d\n\nThe tea ceremony and the tea house are old, says guest %d.\n\n"
              .formatted(i, i));
    }
    text.append("# Drinks\n\nThe infusion is ready when the tea leaves have sunk to the ground.\n");
    asking.file("tea.md", text.toString());
    var question = "When is the tea ready?";
    assertThat(asking.embeddedBy(new Topics()).ask(question).quotes().getFirst())
        .contains("infusion is ready");
    assertThat(asking.ask(question).published().retrieval()).isEqualTo("bm25+topics");
  }

  /// Knows two topics: being ready, and all else.
  private static final class Topics implements Embedder {
    @Override
    public String model() {
      return "topics";
    }

    @Override
    public List<float[]> embed(List<String> texts) {
      return texts.stream()
          .map(text -> text.toLowerCase(Locale.ROOT).contains("ready") ? 1f : 0f)
          .map(ready -> new float[] {ready, 1 - ready})
          .toList();
    }
  }
}
