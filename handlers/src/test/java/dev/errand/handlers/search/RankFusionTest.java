package dev.errand.handlers.search;

import static dev.errand.handlers.search.StubProvider.hit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.errand.handlers.search.Hit.Place;
import dev.errand.testkit.time.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankFusionTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T10:00:00Z"));

  @Test
  void what_several_find_comes_first() {
    RankFusion fusion = fusion(new SearchQuery("x", 10, Optional.empty(), List.of()));
    fusion.add("a", List.of(hit("https://a.org/1"), hit("https://a.org/2")));
    fusion.add("b", List.of(hit("https://b.org/1"), hit("https://A.org/2/../2?utm_source=b#top")));

    List<Hit> best = fusion.best();

    assertThat(best)
        .extracting(Hit::url)
        .containsExactly("https://a.org/2", "https://a.org/1", "https://b.org/1");
    assertThat(best.getFirst().score()).isEqualTo(Math.round(2e6 / 62) / 1e6);
    assertThat(best.getFirst().foundBy())
        .extracting(Place::source, Place::rank, Place::url)
        .containsExactly(
            tuple("a", 2, "https://a.org/2"),
            tuple("b", 2, "https://A.org/2/../2?utm_source=b#top"));
  }

  @Test
  void a_page_that_one_provider_has_twice_counts_once() {
    RankFusion fusion = fusion(new SearchQuery("x", 10, Optional.empty(), List.of()));
    fusion.add("a", List.of(hit("https://a.org/1"), hit("https://a.org/1#more")));

    assertThat(fusion.best()).singleElement().extracting(one -> one.foundBy().size()).isEqualTo(1);
  }

  @Test
  void what_is_known_to_be_too_old_is_left_out_and_what_has_no_date_is_marked() {
    RankFusion fusion = fusion(new SearchQuery("x", 10, Optional.of(7), List.of()));
    fusion.add(
        "a",
        List.of(
            hit("https://a.org/old", Instant.parse("2026-11-14T23:59:59Z")),
            hit("https://a.org/last", Instant.parse("2026-11-15T00:00:00Z")),
            hit("https://a.org/undated")));

    assertThat(fusion.best())
        .extracting(Hit::url, Hit::dateKnown)
        .containsExactly(tuple("https://a.org/last", true), tuple("https://a.org/undated", false));
  }

  @Test
  void domains_end_at_whole_labels() {
    RankFusion fusion = fusion(new SearchQuery("x", 10, Optional.empty(), List.of("Example.com")));
    fusion.add(
        "a",
        List.of(
            hit("https://evilexample.com/"),
            hit("https://example.com.evil.org/"),
            hit("https://example.com/"),
            hit("https://a.EXAMPLE.com/"),
            hit("not an address")));

    assertThat(fusion.best())
        .extracting(Hit::url)
        .containsExactly("https://example.com/", "https://a.EXAMPLE.com/");
  }

  @Test
  void no_more_are_given_than_were_asked_for() {
    RankFusion fusion = fusion(new SearchQuery("x", 2, Optional.empty(), List.of()));
    fusion.add(
        "a", List.of(hit("https://a.org/1"), hit("https://a.org/2"), hit("https://a.org/3")));

    assertThat(fusion.best()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP://Example.ORG:80/a, http://example.org/a",
    "https://example.org, https://example.org/",
    "https://example.org/a/, https://example.org/a/",
    "https://example.org/a?b=2&a=1, https://example.org/a?a=1&b=2",
    "https://example.org/a?utm_source=x&gclid=y, https://example.org/a",
    "https://example.org/%7euser/%e4, https://example.org/~user/%E4",
    "https://example.org/a/./b/../c#d, https://example.org/a/c",
    "https://bücher.example/, https://xn--bcher-kva.example/",
    "http://example.org/?, http://example.org/",
    "ftp://example.org/, ftp://example.org/"
  })
  void addresses_of_one_page_are_one(String url, String key) {
    assertThat(CanonicalUrl.of(url)).isEqualTo(key);
  }

  private RankFusion fusion(SearchQuery query) {
    return new RankFusion(query, clock);
  }
}
