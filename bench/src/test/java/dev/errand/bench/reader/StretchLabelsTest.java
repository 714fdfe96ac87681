package dev.errand.bench.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StretchLabelsTest {
  private static final String FIRST = "the first paragraph is long enough";
  private static final String SECOND = "another one has as many words";
  private static final String MENU = "products prices about us sign in";

  @Test
  void a_stretch_is_wanted_as_far_as_its_words_stand_in_the_text() {
    assertThat(shares(FIRST + " " + SECOND, MENU, FIRST, SECOND)).containsExactly(0, 1, 1);
    assertThat(shares("it says one two three four", "one two three four five six seven eight"))
        .containsExactly(0.5f);
  }

  @Test
  void of_short_stretches_that_are_the_same_the_one_beside_the_text_is_wanted() {
    assertThat(shares(FIRST + " prices " + SECOND, "prices", MENU, FIRST, "prices", SECOND))
        .containsExactly(0, 0, 1, 1, 1);
  }

  @Test
  void what_the_text_says_once_is_wanted_once() {
    assertThat(shares(FIRST, FIRST, FIRST)).containsExactly(1, 0);
  }

  @Test
  void nothing_is_wanted_where_there_is_no_text() {
    assertThat(shares("", FIRST, "prices", "©")).containsExactly(0, 0, 0);
  }

  private static float[] shares(String text, String... stretches) {
    List<List<String>> words = Stream.of(stretches).map(WordBag::words).toList();
    return StretchLabels.shares(words, WordBag.words(text));
  }
}
