package dev.errand.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds our word pieces to those of the tokenizer that the model was made with.
class WordPiecesTest {
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

  private static final HuggingFaceTokenizer THEIRS = theirs();
  private static final WordPieces OURS = ours();

  @AfterAll
  static void close() {
    THEIRS.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "The write-ahead log is checkpointed after 1,000 pages.",
        "sqlite3_open_v2() returns SQLITE_BUSY (5) — don't panic!",
        "Röstkaffee, naïve façade, ÅNGSTRÖM, İstanbul, ŞİŞLİ",
        "这是第一句。緑茶はどのくらい蒸らしますか？ 한국어 문장",
        "Привет, мир! שלום עולם مرحبا بالعالم",
        "emoji 🍵 and 👩‍👩‍👧 and ﬁ ligature ½ ² ™",
        "tabs\tand\nlines\r\nand\u00a0hard\u2003blanks\u200bzero",
        "a\u0000b\u0007c\ufffdd\u202Ee",
        "http://example.org/a_b?c=d&e=f#g",
        "x86_64 C++ C# .NET 3.14e-10 $5.00 50% a/b {x: [1, 2]}",
        "pneumonoultramicroscopicsilicovolcanoconiosis"
      })
  void a_text_is_cut_into_the_same_pieces(String text) {
    assertThat(OURS.of(text, 512)).isEqualTo(THEIRS.encode(text).getIds());
  }

  @Test
  void a_word_of_more_than_a_hundred_letters_is_unknown() {
    var text = "one " + "long".repeat(30) + " two";
    assertThat(OURS.of(text, 512)).isEqualTo(THEIRS.encode(text).getIds());
  }

  @Test
  void every_page_of_a_real_document_is_cut_alike() throws Exception {
    var pages = Path.of(Objects.requireNonNull(getClass().getResource("/sqlite/pages")).toURI());
    for (String line : Files.readAllLines(pages.resolve("quirks.html"))) {
      assertThat(OURS.of(line, 10_000)).as(line).isEqualTo(THEIRS.encode(line).getIds());
    }
  }

  @Test
  void what_does_not_fit_is_left_out_and_the_end_is_marked() {
    var text = "word ".repeat(1_000);
    var numbers = OURS.of(text, 128);
    assertThat(numbers).hasSize(128).endsWith(THEIRS.encode("").getIds()[1]);
  }

  private static HuggingFaceTokenizer theirs() {
    System.setProperty("DJL_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
    try (var in = Objects.requireNonNull(WordPieces.class.getResourceAsStream(TOKENIZER))) {
      return HuggingFaceTokenizer.newInstance(
          in, Map.of("padding", "false", "truncation", "false"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WordPieces ours() {
    try {
      return new WordPieces(Vocabulary.from(TOKENIZER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
