package dev.errand.handlers.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {
  @Test
  void sentences_end_with_their_marks() {
    assertThat(
            in(
                "One is here.  Two asks?\nThree shouts! “Four quotes.” (Five.) Six trails off… Seven"))
        .containsExactly(
            "One is here.",
            "Two asks?",
            "Three shouts!",
            "“Four quotes.”",
            "(Five.)",
            "Six trails off…",
            "Seven");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Use a small page, e.g. 1024 bytes.",
        "Some systems, i.e. Those without sync, lose data.",
        "Version 3.11.0 (2016-02-15) is faster.",
        "It was about 1.5 Percent slower.",
        "As Section 2. The file format says, pages are numbered.",
        "D. R. Hipp wrote it.",
        "See wal.html for more.",
        "The file ends in .db or .sqlite by custom.",
        "It answers Yes. or no, as it likes... but always something.",
        "1. Open the file."
      })
  void dots_within_a_sentence_do_not_end_it(String sentence) {
    assertThat(in(sentence)).containsExactly(sentence);
  }

  @Test
  void identifiers_begin_sentences_although_they_are_lower_case() {
    assertThat(in("Call it once. sqlite3_open() returns a handle. x86 is common."))
        .containsExactly("Call it once.", "sqlite3_open() returns a handle.", "x86 is common.");
  }

  @Test
  void ideographic_stops_end_sentences() {
    assertThat(in("这是第一句。这是第二句。")).containsExactly("这是第一句。", "这是第二句。");
  }

  @Test
  void text_without_sentences_is_one_or_none() {
    assertThat(in("")).isEmpty();
    assertThat(in(" \n\t ")).isEmpty();
    assertThat(in("...")).hasSize(1);
    assertThat(in("int main() { return 0; }")).hasSize(1);
    assertThat(in("x".repeat(1_000_000))).hasSize(1);
  }

  @Test
  void spans_lie_in_the_stretch_asked_for() {
    var text = "Left out. Kept one. Kept two. Left out too.";
    assertThat(Sentences.in(text, 10, 29))
        .extracting(span -> span.of(text))
        .containsExactly("Kept one.", "Kept two.");
  }

  private static List<String> in(String text) {
    return Sentences.in(text, 0, text.length()).stream().map(span -> span.of(text)).toList();
  }
}
