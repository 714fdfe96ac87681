package dev.errand.handlers.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handlers.read.Document.Kind;
import dev.errand.handlers.read.Document.Link;
import java.net.URI;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
class HtmlReadingTest {
  private static final String LONG =
      "A paragraph that people read from its beginning to its end, because it says something. "
          .repeat(4);

  private final Reader reader = new Reader();

  @Test
  void blocks_know_their_kind_and_the_headings_above_them() {
    Document document =
        read(
            """
            <!doctype html><title>Tools</title><body>
            <h1>Tools</h1><p>Short <b>and</b> good.</p>
            <h2>Hammer</h2><ul><li>heavy<ul><li>iron</li></ul></li><li>cheap</li></ul>
            <h3>Use</h3><pre>
            hit(nail);
              repeat();
            </pre>
            <h2>Saw</h2><blockquote><p>Sharp is safe.</p></blockquote>
            <table><tr><th>Name<th>Price<tr><td>Saw</td><td>5 &euro;</td></tr></table>
            """);
    assertThat(document.blocks())
        .extracting(
            block -> "%s %s %s".formatted(block.kind(), block.headings(), document.textOf(block)))
        .containsExactly(
            "HEADING [Tools] Tools",
            "PARAGRAPH [Tools] Short and good.",
            "HEADING [Tools, Hammer] Hammer",
            "LIST_ITEM [Tools, Hammer] heavy",
            "LIST_ITEM [Tools, Hammer] iron",
            "LIST_ITEM [Tools, Hammer] cheap",
            "HEADING [Tools, Hammer, Use] Use",
            "CODE [Tools, Hammer, Use] hit(nail);\n  repeat();",
            "HEADING [Tools, Saw] Saw",
            "QUOTE [Tools, Saw] Sharp is safe.",
            "TABLE_ROW [Tools, Saw] Name | Price",
            "TABLE_ROW [Tools, Saw] Saw | 5 €");
  }

  @Test
  void the_text_is_its_blocks_between_blank_lines() {
    Document document = read("<p>one<p>two <br> still<br><br>three<div>four</div>five");
    assertThat(document.text()).isEqualTo("one\n\ntwo still\n\nthree\n\nfour\n\nfive");
    assertThat(document.blocks())
        .extracting(document::textOf)
        .containsExactly("one", "two still", "three", "four", "five");
  }

  @Test
  void what_stands_around_the_text_is_left_out() {
    Document document =
        read(
            """
            <!doctype html><html lang=en-gb><title>On Wind | The Gazette</title><body>
            <header class=site-header><a href=/>The Gazette</a></header>
            <nav><a href=/a>News</a> <a href=/b>Sport</a></nav>
            <div id=cookie-banner>We value your privacy</div>
            <article><h1>On Wind</h1><p>%s</p><div class=share-buttons>Tweet this</div>
            <h2>More</h2><p>%s</p><div class=newsletter>Subscribe now</div>
            <section><h3>Related articles</h3><p>On Rain</p></section></article>
            <aside class=sidebar><a href=/c>Most read</a></aside>
            <footer>All rights reserved</footer>
            """
                .formatted(LONG, LONG),
            "https://gazette.example/wind");
    assertThat(document.text())
        .startsWith("On Wind\n\nA paragraph")
        .contains("More")
        .doesNotContain("Gazette", "Sport", "privacy", "Tweet", "Subscribe", "On Rain", "Most read")
        .doesNotContain("rights");
    assertThat(document.title()).isEqualTo("On Wind");
    assertThat(document.language()).isEqualTo("en-GB");
    assertThat(document.confidence()).isGreaterThan(0.75);
  }

  @Test
  void a_manual_keeps_its_see_also() {
    Document document =
        read(
            "<meta name=generator content=Sphinx><body><h1>open</h1><p>%s<h2>See also</h2><p>close, read</p></body>"
                .formatted(LONG.repeat(3)));
    assertThat(document.strategy()).isEqualTo("documentation");
    assertThat(document.text()).endsWith("See also\n\nclose, read");
  }

  @Test
  void of_a_thread_the_posts_are_kept() {
    String post =
        "<div class=post><div class=user>someone, 12 posts</div><div class=post-body>%s</div></div>";
    Document document =
        read(
            "<body><h1>Topic</h1>%s%s%s<div>Who is online</div></body>"
                .formatted(
                    post.formatted("First. " + LONG),
                    post.formatted("Second. " + LONG),
                    post.formatted("Third. " + LONG)),
            "https://forum.example.org/t/1");
    assertThat(document.text()).contains("First.", "Second.", "Third.").doesNotContain("online");
  }

  @Test
  void a_page_for_scripts_shows_what_it_has_for_others() {
    Document document =
        read(
            "<body><div id=app>Loading</div><noscript><h1>Hi</h1><p>%s</p></noscript>"
                .formatted(LONG));
    assertThat(document.strategy()).isEqualTo("noscript");
    assertThat(document.text()).contains("Hi\n\nA paragraph");
  }

  @Test
  void a_page_without_text_falls_back_to_what_it_says_of_itself() {
    Document document =
        read("<head><meta name=description content='About boats'></head><body><div id=app></div>");
    assertThat(document.text()).isEqualTo("About boats");
    assertThat(document.strategy()).isEqualTo("description");
    assertThat(document.confidence()).isLessThan(0.2);
  }

  @Test
  void an_empty_page_says_so() {
    Document document = read("<!doctype html><html><body><script>x()</script></body></html>");
    assertThat(document.text()).isEmpty();
    assertThat(document.strategy()).isEqualTo(Document.NOTHING_FOUND);
    assertThat(document.confidence()).isZero();
  }

  @Test
  void text_is_clean_whatever_the_page_holds() {
    Document document =
        read("<p>a\u0000b\u0007&nbsp;&#8203;c\u00add\u202ee\u2028f e\u0301 &#xd800;x \ud83d\ude00");
    assertThat(document.text()).isEqualTo("ab cde f \u00e9 \ufffdx \ud83d\ude00");
  }

  @Test
  void raised_digits_after_a_digit_are_a_power() {
    assertThat(
            read("<p>2<sup>48</sup> or 10<sup>-3</sup>, the 2<sup>nd</sup> x<sup>2</sup></p>")
                .text())
        .isEqualTo("2^48 or 10^-3, the 2nd x2");
  }

  @Test
  void a_table_that_lays_out_the_page_is_not_rows() {
    Document document = read("<table><tr><td>menu<td><h1>Title</h1><p>One.</p><p>Two.</p></table>");
    assertThat(document.blocks())
        .extracting(Document.Block::kind)
        .containsExactly(Kind.PARAGRAPH, Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH);
  }

  @Test
  void links_are_absolute_where_the_address_is_known() {
    String page =
        "<p><a href='b#c'>to  b</a> <a href='//x.org/'>x</a> <a href='#top'>up</a>"
            + " <a href='javascript:y()'>no</a><a>none</a>";
    assertThat(read(page, "https://a.org/d/e").links())
        .containsExactly(new Link("https://a.org/d/b#c", "to b"), new Link("https://x.org/", "x"));
    assertThat(read(page).links())
        .containsExactly(new Link("b#c", "to b"), new Link("//x.org/", "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<meta name=author content='Ada L.'><meta property='article:published_time' content='2026-01-02'>",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":{\"name\":\"Ada L.\"},\"datePublished\":\"2026-01-02\"}</script>",
        "<script type='application/ld+json'>{\"@graph\":[{\"@type\":[\"NewsArticle\"],\"author\":[{\"name\":\"Ada L.\"}],\"datePublished\":\"2026-01-02\"}]}</script>",
        "<meta name=author content='Ada L.'><meta property='article:published_time' content='2026-02-30'><meta name=date content='2026-01-02'>",
        "<script type='application/ld+json'>{broken</script><meta name=author content='Ada L.'><meta name=date content='2026-01-02'>",
      })
  void author_and_date_come_from_wherever_the_page_says_them(String head) {
    Document document = read("<head><title>T</title>" + head + "</head><body><p>" + LONG);
    assertThat(document.author()).isEqualTo("Ada L.");
    assertThat(document.published()).isEqualTo("2026-01-02");
  }

  @Test
  void reading_twice_gives_the_same() {
    String page = "<body><h1>T</h1><p>%s</p><table><tr><td>a<td>b</table>".formatted(LONG);
    assertThat(read(page)).isEqualTo(read(page));
  }

  private Document read(String html) {
    return reader.read(html.getBytes(UTF_8), "text/html; charset=utf-8", null);
  }

  private Document read(String html, String address) {
    return reader.read(html.getBytes(UTF_8), "text/html; charset=utf-8", URI.create(address));
  }
}
