package dev.errand.handlers.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The floor that reading may not fall under, on a page of each type written for it. It is raised
/// by hand when the reader gets better, and never lowered.
class PageKindsTest {
  private static final double FLOOR = 0.85;
  private static final List<String> KINDS =
      List.of("article", "collection", "documentation", "forum", "listing", "product", "service");

  private final Reader reader = new Reader();

  @Test
  void the_right_words_are_found_on_every_type_of_page() throws IOException {
    double sum = 0;
    Map<String, Double> scores = new HashMap<>();
    for (String kind : KINDS) {
      double f1 = f1(words(read(kind).text()), words(resource(kind + ".txt")));
      scores.put(kind, f1);
      sum += f1;
    }
    assertThat(sum / KINDS.size()).describedAs("%s", scores).isGreaterThanOrEqualTo(FLOOR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"article", "documentation", "forum", "product"})
  void the_type_of_a_page_is_told(String kind) throws IOException {
    assertThat(read(kind).type()).isEqualTo(kind);
  }

  private Document read(String kind) throws IOException {
    byte[] html = resource(kind + ".html").getBytes(StandardCharsets.UTF_8);
    return reader.read(html, "text/html; charset=utf-8", null);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PageKindsTest.class.getResourceAsStream("kinds/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, Integer> words(String text) {
    Map<String, Integer> bag = new HashMap<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}_]+", -1)) {
      if (!word.isEmpty()) {
        bag.merge(word, 1, Integer::sum);
      }
    }
    return bag;
  }

  private static double f1(Map<String, Integer> found, Map<String, Integer> expected) {
    int common =
        found.entrySet().stream()
            .mapToInt(word -> Math.min(word.getValue(), expected.getOrDefault(word.getKey(), 0)))
            .sum();
    int all = size(found) + size(expected);
    return all == 0 ? 0 : 2.0 * common / all;
  }

  private static int size(Map<String, Integer> bag) {
    return bag.values().stream().mapToInt(Integer::intValue).sum();
  }
}
