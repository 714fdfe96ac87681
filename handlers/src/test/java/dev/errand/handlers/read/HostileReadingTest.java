package dev.errand.handlers.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ten mebibytes of whatever hurts a parser end in a document, in a time a worker can spare.
@NullMarked
@Timeout(120)
class HostileReadingTest {
  private static final int SIZE = 10 * 1024 * 1024;

  private final Reader reader = new Reader();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<div>",
        "<b>",
        "<i><b>",
        "<a href=x>",
        "<a href=x>y</a>",
        "<p>",
        "</p>",
        "<i>x</p>",
        "<table>",
        "<table><tr><td>",
        "<tr><td>x",
        "<ul><li>",
        "<h1>",
        "<blockquote>",
        "<pre>",
        "<svg>",
        "<form>",
        "<noscript>x",
        "<noscript><p class=post>",
        "<template>",
        "<meta name=a>",
        "<p class=post>hello world</p>",
        "<h2>Related</h2><p>abc",
        "<nav>x</nav>",
        "<",
        "<!",
        "<!--",
        "<a b=",
        "&amp;",
        "&#xd800;",
        "<script>",
        "\u0000",
        "\u0301",
        "&nbsp;",
        " ",
        "<br>",
        "<script type=application/ld+json>[[[[",
      })
  void html_of_one_thing_repeated_ends_in_a_document(String piece) {
    read("<!doctype html><body>", piece, "text/html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ">",
        "- ",
        "* a\n  ",
        "[",
        "![",
        "[a](",
        "[a]: b\n",
        "*a_ ",
        "**a ",
        "`",
        "``` ",
        "#",
        "# x\n",
        "|a",
        "|a|b|\n|-|-|\n",
        "    x\n",
        "<b",
        "<!--",
        "&",
        "\\",
        "~~~\n",
        "1. ",
        "\n",
        "x\n\n",
        "\t",
        "---\n",
        "a: b\n",
      })
  void markdown_of_one_thing_repeated_ends_in_a_document(String piece) {
    read("# a\n\n", piece, "text/markdown");
    readSmall("---\n", piece);
    readSmall("# a\n\n- b\n- c\n\n", piece);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":",
        "[",
        "<?xml version='1.0'?><a>",
        "%PDF-1.7\n1 0 obj\n<<",
        "%PDF-1.7\n["
      })
  void other_formats_of_one_thing_repeated_end_in_a_document(String piece) {
    read(piece, piece, null);
  }

  private void read(String start, String piece, @Nullable String type) {
    String content = start + piece.repeat(SIZE / piece.getBytes(UTF_8).length);
    assertThat(reader.read(content.getBytes(UTF_8), type, null).text()).isNotNull();
  }

  /// Just small enough to be parsed as Markdown.
  private void readSmall(String start, String piece) {
    String content = start + piece.repeat(900_000 / piece.length());
    assertThat(reader.read(content.getBytes(UTF_8), "text/markdown", null).text()).isNotNull();
  }
}
