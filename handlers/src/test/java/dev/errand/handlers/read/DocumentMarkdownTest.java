package dev.errand.handlers.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentMarkdownTest {
  private static final String ALPHABET = "ab*_`[](){}<>#+-.!|\\~&;:\"'=1 2\u00e4\ud83d\ude00 \n";

  private final Reader reader = new Reader();

  @Test
  void listsKeepTheirNumbersAndTheirNesting() {
    assertThat(
            markdown(
                """
                <ol start="3"><li>three<ul><li>inner one<li>inner two</ul><li value="7">seven
                <p>more of it</ol><p>after\
                """))
        .isEqualTo(
            """
            3. three
               - inner one
               - inner two
            7. seven

               more of it

            after\
            """);
  }

  @Test
  void tablesBecomeTablesWithTheFirstRowAsHead() {
    assertThat(
            markdown(
                """
                <table><tr><th>Tea<th>Minutes<tr><td>Black<td>3<td>hot | strong</table>\
                """))
        .isEqualTo(
            """
            | Tea | Minutes |  |  |
            | --- | --- | --- | --- |
            | Black | 3 | hot | strong |\
            """);
  }

  @Test
  void linksEmphasisAndCodeAreKept() {
    assertThat(
            markdown(
                """
                <p>Read <a href="/guide(1)">the <b>whole</b> guide</a>, <em>then</em> run <code>a `b`</code>. \
                <strong>Now</strong>.\
                """))
        .isEqualTo(
            "Read [the **whole** guide](<https://example.org/guide(1)>), *then* run ``  a `b` ``. **Now**."
                .replace("``  a", "`` a"));
  }

  @Test
  void codeInAnItemIsIndentedWithIt() {
    assertThat(markdown("<ul><li>Run<pre>one\n  two</pre><li>Done</ul>"))
        .isEqualTo("- Run\n\n  ```\n  one\n    two\n  ```\n\n- Done");
  }

  @Test
  void linesOfOneQuoteStayTogether() {
    assertThat(markdown("<blockquote><p>One.<p>Two.</blockquote>")).isEqualTo("> One.\n>\n> Two.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*stern* _unter_ __init__ a_b 2 * 3",
        "[klammer](x) [a]: b ![bild](y)",
        "1. Mai",
        "- dash",
        "+",
        "# hash",
        "=== ===",
        "--",
        "`ticks` ``two``",
        "back\\slash \\* \\a",
        "&amp; &#33; AT&T",
        "<b>no tag</b> a<b 1 < 2",
        "~~~ fence",
        "a | b",
        "> not a quote"
      })
  void whatLooksLikeMarkdownByAccidentIsReadAgainAsItWas(String said) {
    assertReadAgain(document("<p>" + html(said)));
  }

  @Test
  void everythingWrittenIsReadAgainWithTheSameTextHoweverOddItIs() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      String page =
          IntStream.range(0, 1 + random.nextInt(5))
              .mapToObj(_ -> piece(random, 3))
              .collect(Collectors.joining());
      Document document = document(page);
      assertThat(readAgain(document).text())
          .as("seed %d: %s%n%s", seed, page, DocumentMarkdown.of(document))
          .isEqualTo(document.text());
    }
  }

  private static String piece(Random random, int depth) {
    String text = html(text(random));
    String inner = depth == 0 ? text : text + piece(random, depth - 1);
    return switch (random.nextInt(12)) {
      case 0 -> "<ul><li>" + inner + "</li><li>" + text + "</li></ul>";
      case 1 -> "<ol><li>" + inner + "</li><li>" + text + "</li></ol>";
      case 2 -> "<h2>" + text + "</h2>";
      case 3 -> "<blockquote><p>" + text + "</p></blockquote>";
      case 4 -> "<p>a<b>" + inner + "</b></p>";
      case 5 -> "<p>" + text + "<i>" + text + "</i>" + text + "</p>";
      case 6 -> "<p><a href='/x y'>" + text + "</a></p>";
      case 7 -> "<p>" + text + "<code>" + text + "</code></p>";
      case 8 -> "<div>" + inner + "</div>";
      case 9 -> "<table><tr><td>a" + text + "<td>b<tr><td>" + text + "<td>c</table>";
      case 10 -> "<strong><em>" + text + "</em>" + text + "</strong>";
      default -> "<p>" + inner + "</p>";
    };
  }

  private static String text(Random random) {
    return IntStream.range(0, random.nextInt(8))
        .mapToObj(_ -> {
          int index = random.nextInt(ALPHABET.length());
          return Character.isSurrogate(ALPHABET.charAt(index))
              ? "\ud83d\ude00"
              : ALPHABET.substring(index, index + 1);
        })
        .collect(Collectors.joining());
  }

  private void assertReadAgain(Document document) {
    Document again = readAgain(document);
    assertThat(again.text()).isEqualTo(document.text());
    assertThat(again.blocks()).isEqualTo(document.blocks());
    assertThat(again.marks()).isEqualTo(List.of());
  }

  private Document readAgain(Document document) {
    return new MarkdownReader().read(DocumentMarkdown.of(document), null);
  }

  private String markdown(String body) {
    return DocumentMarkdown.of(document(body));
  }

  private Document document(String body) {
    byte[] page = ("<!doctype html><body>" + body).getBytes(StandardCharsets.UTF_8);
    return reader.read(
        page,
        "text/html; charset=utf-8",
        java.net.URI.create("https://example.org/"),
        Reader.Extent.EVERYTHING);
  }

  private static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
