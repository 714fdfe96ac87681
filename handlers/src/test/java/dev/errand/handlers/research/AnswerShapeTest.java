package dev.errand.handlers.research;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerShapeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "The limit is 2000.",
        "It is 35% faster.",
        "It holds 1,000,000,000 bytes.",
        "There are five states.",
        "Tens of billions of files exist.",
        "Only one writer is allowed."
      })
  void numbers_that_count_answer_how_many(String sentence) {
    assertThat(AnswerShape.fits(AnswerType.QUANTITY, sentence)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It came with version 3.37.0 of the library.",
        "It came on 2021-11-27.",
        "See section 4 for more.",
        "The file is called utf8.txt or sqlite3.",
        "One or more locks are held.",
        "There is no one to ask."
      })
  void versions_dates_and_names_do_not(String sentence) {
    assertThat(AnswerShape.fits(AnswerType.QUANTITY, sentence)).isFalse();
  }

  @Test
  void what_a_number_counts_follows_it() {
    assertThat(AnswerShape.counted("All five locking states have 64 names, at most."))
        .containsExactlyInAnyOrder(" locking states have", " names");
  }

  @Test
  void figures_are_numbers_with_their_units() {
    assertThat(
            AnswerShape.figures(
                AnswerType.QUANTITY, "A page of 4096 bytes, 35% of 281 terabytes, or 12 of them."))
        .containsExactly("4096 bytes", "35%", "281 terabytes");
    assertThat(AnswerShape.figures(AnswerType.DATE, "Since version 3.7.0 of 2010-07-21."))
        .containsExactly("version 3.7.0", "2010-07-21");
    assertThat(AnswerShape.figures(AnswerType.REASON, "Because of 3 bytes.")).isEmpty();
  }

  @Test
  void sentences_that_hang_on_others_or_speak_of_the_text_read_badly_alone() {
    double good = SentenceForm.weight("A checkpoint moves pages from the log to the database.");
    assertThat(good).isZero();
    assertThat(SentenceForm.weight("However, this moves pages from the log to the database."))
        .isLessThan(good);
    assertThat(
            SentenceForm.weight("The next section describes how pages are moved to the database."))
        .isLessThan(good);
    assertThat(SentenceForm.weight("Pages are moved")).isLessThan(good);
  }
}
