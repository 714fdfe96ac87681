package dev.errand.handlers.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimHashTest {
  @Test
  void texts_that_differ_in_one_word_of_many_resemble_each_other() {
    String text =
        IntStream.range(0, 20_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));

    assertThat(SimHash.resemble(SimHash.of(text), SimHash.of(text.replace("word7000 ", "wind "))))
        .isTrue();
    assertThat(SimHash.resemble(SimHash.of(text), SimHash.of(text.replace("word", "wind"))))
        .isFalse();
  }

  @Test
  void texts_too_short_to_tell_do_not_resemble_each_other() {
    assertThat(SimHash.resemble(SimHash.of(""), SimHash.of(""))).isFalse();
  }
}
