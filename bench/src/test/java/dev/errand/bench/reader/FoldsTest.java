package dev.errand.bench.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldsTest {
  private final List<KnownPage> pages =
      List.of(
          page("1", "forum", "one.example"),
          page("2", "forum", "two.example"),
          page("3", "article", ""),
          page("4", "article", ""),
          page("5", "article", "one.example"));

  @Test
  void pages_of_a_site_are_in_the_same_part_and_types_in_all() {
    assertThat(Folds.of(pages, 2)).containsExactly(0, 1, 0, 1, 0);
  }

  @Test
  void a_part_and_the_others_are_all_pages() {
    int[] folds = Folds.of(pages, 2);
    assertThat(Folds.pick(pages, folds, 1, true))
        .extracting(KnownPage::name)
        .containsExactly("2", "4");
    assertThat(Folds.pick(pages, folds, 1, false))
        .extracting(KnownPage::name)
        .containsExactly("1", "3", "5");
  }

  private static KnownPage page(String name, String type, String site) {
    return new KnownPage(name, type, site, new KnownPage.Html(new byte[0]), "");
  }
}
