package dev.errand.handlers.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunningLinesTest {
  @Test
  void numbers_that_count_the_pages_are_removed_from_the_first_one_on() {
    assertThat(RunningLines.removed(pages(4, "%1$d\nText %2$s\nPage %1$d of 40\n")))
        .map(String::strip)
        .containsExactly("Text h", "Text i", "Text j", "Text k");
  }

  @Test
  void a_header_stays_on_the_first_of_its_pages() {
    assertThat(RunningLines.removed(pages(3, "On Wind\nText %2$s\n")))
        .map(String::strip)
        .containsExactly("On Wind\nText h", "Text i", "Text j");
  }

  @Test
  void headers_and_footers_of_several_lines_are_removed_line_by_line() {
    assertThat(RunningLines.removed(pages(3, "On Wind\nIssue 40, p. %d\nText %s\nDraft\n2030\n")))
        .map(String::strip)
        .containsExactly("On Wind\nText h\nDraft\n2030", "Text i", "Text j");
  }

  @Test
  void rows_of_numbers_at_the_edge_of_pages_stay() {
    List<String> pages = List.of("12 40\na 1\n17 3\n", "90 2\nb 2\n3 8\n", "4 11\nc 3\n70 1\n");

    assertThat(RunningLines.removed(pages)).isEqualTo(pages);
  }

  @Test
  void a_document_of_two_pages_keeps_what_both_have() {
    List<String> pages = pages(2, "On Wind\nText %2$s\n");

    assertThat(RunningLines.removed(pages)).isEqualTo(pages);
  }

  /// Pages from the seventh on, each with its number and a letter of its own.
  private static List<String> pages(int count, String form) {
    return IntStream.range(7, 7 + count)
        .mapToObj(number -> form.formatted(number, (char) ('a' + number)))
        .toList();
  }
}
