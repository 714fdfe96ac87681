package dev.errand.handlers.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RobotsTest {
  private static final FetchRules RULES =
      FetchRules.DEFAULTS.allowing(List.of("*"), PrivateAllowlist.of(List.of("127.0.0.1")));
  private static final Politeness OBEDIENT = new Politeness(true, Duration.ZERO, 2);

  private Website site;
  private FetchClient client;

  @BeforeEach
  void start() throws IOException {
    site = new Website();
    client = new FetchClient(RULES, OBEDIENT);
  }

  @AfterEach
  void stop() {
    client.close();
    site.close();
  }

  @Test
  void what_a_site_does_not_want_fetched_is_not() throws Exception {
    robots("User-agent: *\nDisallow: /private\nAllow: /private/open\n");
    site.on("/", "text/plain", "page".getBytes(UTF_8));
    assertThat(client.fetch(site.at("/private/x")))
        .isInstanceOfSatisfying(
            FetchResult.Blocked.class,
            blocked -> assertThat(blocked.why()).contains("robots.txt", "127.0.0.1"));
    assertThat(client.fetch(site.at("/private/open/x"))).isInstanceOf(FetchResult.Page.class);
    assertThat(client.fetch(site.at("/other"))).isInstanceOf(FetchResult.Page.class);
    assertThat(site.asked()).extracting(Website.Asked::path).doesNotContain("/private/x");
  }

  @Test
  void rules_for_our_name_go_before_those_for_all() throws Exception {
    robots("User-agent: *\nDisallow: /\n\nUser-agent: Errand\nDisallow: /no\n");
    site.on("/", "text/plain", "page".getBytes(UTF_8));
    assertThat(client.fetch(site.at("/yes"))).isInstanceOf(FetchResult.Page.class);
    assertThat(client.fetch(site.at("/no"))).isInstanceOf(FetchResult.Blocked.class);
  }

  @Test
  void the_file_is_asked_for_once() throws Exception {
    robots("User-agent: *\nDisallow:\n");
    site.on("/", "text/plain", "page".getBytes(UTF_8));
    for (int i = 0; i < 3; i++) {
      assertThat(client.fetch(site.at("/" + i))).isInstanceOf(FetchResult.Page.class);
    }
    assertThat(site.asked())
        .extracting(Website.Asked::path)
        .containsExactly("/robots.txt", "/0", "/1", "/2");
  }

  @Test
  void a_site_without_the_file_allows_everything() throws Exception {
    site.on("/a", "text/plain", "page".getBytes(UTF_8));
    assertThat(client.fetch(site.at("/a"))).isInstanceOf(FetchResult.Page.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void while_the_file_cannot_be_had_nothing_is_fetched(int status) throws Exception {
    site.on("/robots.txt", exchange -> Website.answer(exchange, status, "text/plain", new byte[0]))
        .on("/a", "text/plain", "page".getBytes(UTF_8));
    assertThat(client.fetch(site.at("/a")))
        .isInstanceOfSatisfying(
            FetchResult.Refused.class, refused -> assertThat(refused.status()).isEqualTo(status));
    assertThat(site.asked()).extracting(Website.Asked::path).containsExactly("/robots.txt");
  }

  @Test
  void a_redirect_does_not_lead_around_the_rules() throws Exception {
    robots("User-agent: *\nDisallow: /private\n");
    site.redirect("/a", "/private/b").on("/private/b", "text/plain", "page".getBytes(UTF_8));
    assertThat(client.fetch(site.at("/a"))).isInstanceOf(FetchResult.Blocked.class);
  }

  private void robots(String text) {
    site.on("/robots.txt", "text/plain", text.getBytes(UTF_8));
  }
}
