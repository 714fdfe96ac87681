package dev.errand.bench.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WordBagTest {

  @Test
  void words_are_runs_of_letters_digits_and_underscores_in_lower_case() {
    assertThat(WordBag.of("Don't panic, PANIC snake_case 4½ Größe 東京").counts())
        .containsOnlyKeys("don", "t", "panic", "snake_case", "4½", "größe", "東京")
        .containsEntry("panic", 2);
  }

  @Test
  void marks_that_stand_alone_part_words_as_they_do_in_python() {
    assertThat(WordBag.of("हिन्दी").counts()).containsOnlyKeys("ह", "न", "द");
  }

  @Test
  void the_same_words_in_another_order_score_1() {
    assertThat(f1("the cat saw the dog", "The dog saw the cat.")).isEqualTo(1);
  }

  @Test
  void a_word_counts_as_often_as_it_is_in_both() {
    // Precision 2/4, recall 2/3.
    assertThat(f1("a a a b", "a b c"))
        .isCloseTo(2 * 0.5 * (2 / 3.0) / (0.5 + 2 / 3.0), within(1e-9));
  }

  @Test
  void nothing_found_scores_0_unless_nothing_was_there() {
    assertThat(f1("", "some text")).isZero();
    assertThat(f1("some text", "")).isZero();
    assertThat(f1("", "")).isEqualTo(1);
  }

  private static double f1(String found, String expected) {
    return WordBag.of(found).f1(WordBag.of(expected));
  }
}
