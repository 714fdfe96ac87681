package dev.errand.handlers.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.attempt.InvalidParams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents and prompts by somebody who means ill, or does not care.
class HostileTextTest {
  @TempDir private Path folder;
  private Asking asking;

  @BeforeEach
  void setUp() throws Exception {
    asking = new Asking(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "![pixel](http://evil.example/pixel.gif)",
        "[ref]: http://evil.example/",
        "<http://evil.example/>",
        "`code` and ``more``",
        "&lt;b&gt; &#60;i&#62;",
        "| cell | cell |",
        "\\[click](http://evil.example/)",
        "# heading\n> quote\n- item",
        "” [7] **bold** “",
      })
  void markup_in_what_is_quoted_stays_text(String markup) throws Exception {
    var words = "Green tea is steeped for two minutes %s at eighty degrees.".formatted(markup);
    asking.file("tea.txt", words);
    var answer = asking.ask("How long is green tea steeped?");
    assertThat(answer.published().quotes()).isPositive();
    assertThat(alive(answer.markdown())).isEmpty();
  }

  @Test
  void markup_in_titles_and_headings_stays_text() throws Exception {
    asking.file(
        "x](http://evil.example/) <b>.html",
        """
        <title>&lt;script&gt;alert(1)&lt;/script&gt; | [t](http://evil.example/)</title>
        <h1>**Tea** &lt;img src=x&gt; | two</h1>
        <h2>[Steeping](http://evil.example/)</h2>
        <p>Green tea is steeped for two minutes at eighty degrees.</p>
        """);
    var answer = asking.ask("How long is green tea steeped?");
    assertThat(answer.published().quotes()).isPositive();
    assertThat(alive(answer.markdown())).isEmpty();
  }

  @Test
  void markup_in_prompts_stays_text() throws Exception {
    asking.file("tea.txt", "Green tea is steeped for two minutes at eighty degrees.");
    var answer =
        asking.ask(
            "How long is <b>green</b> [tea](http://evil.example/) steeped?\nIs `tea` | **good**?");
    assertThat(alive(answer.markdown())).isEmpty();
  }

  @Test
  void characters_that_hide_or_turn_text_are_not_in_the_report() throws Exception {
    asking.file(
        "tea.txt",
        "Green \u202Etea\u202C is \u0000steeped for\u2066 two\u0007 minutes at eighty degrees.");
    var answer = asking.ask("How long\u0000 is \u202Egreen tea steeped?");
    assertThat(answer.published().quotes()).isPositive();
    assertThat(answer.markdown()).doesNotContain("\u202E", "\u202C", "\u2066", "\u0000", "\u0007");
  }

  @Test
  void turned_text_in_code_is_shown_as_it_is_stored() throws Exception {
    asking.file(
        "login.md",
        """
        # Login

        The check for administrators is made with this code:

        ```
        if (user.admin) { \u202E// not reached\u2066 }
        ```
        """);
    var answer = asking.ask("How is the check for administrators made?");
    assertThat(answer.markdown()).contains("if (user.admin)").doesNotContain("\u202E", "\u2066");
  }

  @Test
  void fences_in_code_do_not_end_its_block() throws Exception {
    asking.file(
        "fence.md",
        """
        # Fences

        A block of code in Markdown is written like this:

        ~~~~
        ```
        code
        ```
        <script>alert(1)</script>
        ~~~~
        """);
    var answer = asking.ask("How is a block of code written in Markdown?");
    assertThat(answer.markdown()).contains("<script>");
    assertThat(alive(answer.markdown())).isEmpty();
  }

  @Test
  void a_line_of_five_megabytes_is_searched_and_not_quoted_whole() throws Exception {
    asking
        .file("line.txt", "tea ".repeat(1 << 20) + "is steeped for two minutes")
        .file("tea.txt", "Green tea is steeped for two minutes at eighty degrees.");
    var answer = asking.ask("How long is green tea steeped?");
    assertThat(answer.published().answer()).contains("two minutes");
    assertThat(answer.markdown().length()).isLessThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "???",
        "...!",
        "—",
        "the",
        "¿Cuánto tiempo se infusiona el té verde?",
        "Wie lange zieht grüner Tee?",
        "緑茶はどのくらい蒸らしますか？",
        "كم من الوقت ينقع الشاي الأخضر؟",
        "🍵🍵🍵?",
        "a OR b AND (c NOT [d TO e]) ~2^3 +x -y \"z",
        "Why?",
        "\\\\ \" ' ; DROP TABLE tea; --",
      })
  void any_prompt_gets_a_report(String prompt) throws Exception {
    asking.file("tea.txt", "Green tea is steeped for two minutes at eighty degrees.");
    var answer = asking.ask(prompt);
    assertThat(answer.report().sections()).isNotEmpty();
    assertThat(answer.report().checks().removed()).isZero();
    assertThat(alive(answer.markdown())).isEmpty();
  }

  @Test
  void a_question_of_a_thousand_words_is_still_one_query() throws Exception {
    asking.file("tea.txt", "Green tea is steeped for two minutes at eighty degrees.");
    var words = new StringBuilder("How long is green tea steeped");
    for (int i = 0; words.length() < 7_900; i++) {
      words.append(" word").append(i);
    }
    assertThat(asking.ask(words + "?").report().sections()).hasSize(1);
  }

  @Test
  void more_questions_than_a_report_takes_are_counted() throws Exception {
    asking.file("tea.txt", "Green tea is steeped for two minutes at eighty degrees.");
    var answer = asking.ask("How long is green tea steeped?\n".repeat(25));
    assertThat(answer.report().sections()).hasSize(20);
    assertThat(answer.markdown()).contains("; not looked at: 5 more questions of the prompt.");
  }

  @Test
  void prompts_that_say_nothing_or_too_much_are_refused() {
    for (String prompt : List.of("", " \n\t", "x".repeat(10_000))) {
      assertThatThrownBy(() -> asking.prompt(prompt)).isInstanceOf(InvalidParams.class);
    }
  }

  /// What a reader's program would make of the report besides text, without what the report itself
  /// sets: strong type, emphasis of titles, lists, quotes, tables and code blocks.
  private static List<String> alive(String markdown) {
    var alive = new ArrayList<String>();
    Parser.builder()
        .extensions(List.of(TablesExtension.create()))
        .build()
        .parse(markdown)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Link node) {
                alive.add("link " + node.getDestination());
              }

              @Override
              public void visit(Image node) {
                alive.add("image " + node.getDestination());
              }

              @Override
              public void visit(HtmlInline node) {
                alive.add(node.getLiteral());
              }

              @Override
              public void visit(HtmlBlock node) {
                alive.add(node.getLiteral());
              }

              @Override
              public void visit(Code node) {
                alive.add(node.getLiteral());
              }

              @Override
              public void visit(LinkReferenceDefinition node) {
                alive.add(node.getDestination());
              }
            });
    return alive;
  }
}
