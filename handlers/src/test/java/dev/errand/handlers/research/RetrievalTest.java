package dev.errand.handlers.research;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.StoredDocument;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.research.Retrieval.Reach;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalTest {
  private static final String SILENT = "https://x.example/silent";

  @TempDir private Path home;
  private final List<StoredDocument> pages = new ArrayList<>();

  @BeforeEach
  void pagesOfWhichOneDoesNotSayTheWord() throws Exception {
    for (int i = 0; i < 14; i++) {
      page("https://x.example/" + i, "A beacon has a Fresnel lens. " + names("b" + i));
      page("https://x.example/tea" + i, "Tea is steeped for minutes. " + names("t" + i));
    }
    page(SILENT, "The Fresnel lens bends light with less glass than a plain one.");
  }

  /// Without them, pages would pass for copies of each other.
  private static String names(String of) {
    return IntStream.range(0, 30)
        .mapToObj(i -> of + "n" + i)
        .collect(Collectors.joining(" ", "", "."));
  }

  private void page(String address, String text) throws Exception {
    var html = "<title>Notes</title><article><p>" + text + "</p></article>";
    pages.add(
        new Corpora(home, new Reader())
            .read(
                html.getBytes(StandardCharsets.UTF_8),
                Optional.of("text/html; charset=utf-8"),
                URI.create(address)));
  }

  @Test
  void a_second_look_finds_what_speaks_of_the_same_in_other_words() throws Exception {
    assertThat(found("What is a beacon?", false)).isNotEmpty().doesNotContain(SILENT);
    assertThat(found("What is a beacon?", true)).contains(SILENT);
  }

  @Test
  void what_names_the_question_stays_ahead_of_it() throws Exception {
    assertThat(found("What is a beacon?", true)).last().isEqualTo(SILENT);
  }

  @Test
  void the_same_pages_are_found_in_the_same_order() throws Exception {
    var once = found("What is a beacon?", true);
    pages.sort((one, other) -> other.location().compareTo(one.location()));

    assertThat(found("What is a beacon?", true)).isEqualTo(once);
  }

  @Test
  void nothing_is_found_where_there_is_nothing() throws Exception {
    assertThat(found("Who composed the symphony?", true)).isEmpty();
    assertThat(found("???", true)).isEmpty();
  }

  private List<String> found(String question, boolean twice) throws Exception {
    try (var library = new Corpora(home, new Reader()).open(List.of(), pages)) {
      return Retrieval.of(library, Optional.empty(), new Reach(80, 40, twice)).documents(question);
    }
  }
}
