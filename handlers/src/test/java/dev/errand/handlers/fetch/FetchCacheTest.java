package dev.errand.handlers.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.testkit.contract.Race;
import dev.errand.testkit.memory.InMemoryCache;
import dev.errand.testkit.time.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
@Timeout(30)
class FetchCacheTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final FetchRules RULES =
      FetchRules.DEFAULTS.allowing(List.of("*"), PrivateAllowlist.of(List.of("127.0.0.1")));

  private final SettableClock clock = new SettableClock();
  private final InMemoryCache store = new InMemoryCache(clock);
  private final List<FetchClient> clients = new ArrayList<>();
  private Website server;

  @BeforeEach
  void start() throws IOException {
    server = new Website();
  }

  @AfterEach
  void stop() {
    clients.forEach(FetchClient::close);
    server.close();
  }

  @Test
  void a_page_is_answered_without_a_request_for_as_long_as_it_is_kept() throws Exception {
    page("/", Map.of());
    FetchClient client = client(HOUR);

    FetchResult.Page first = fetch(client, "/");
    Instant then = clock.instant();
    clock.advance(HOUR.minusMillis(1));
    FetchResult.Page again = fetch(client(HOUR), "/");

    assertThat(text(again)).isEqualTo(text(first)).isEqualTo("page 1");
    assertThat(again.contentType()).isEqualTo(first.contentType());
    assertThat(again.address()).isEqualTo(first.address());
    assertThat(again.at()).isEqualTo(then);
    assertThat(server.asked()).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(text(fetch(client, "/"))).isEqualTo("page 2");
  }

  @Test
  void nothing_is_kept_where_that_is_not_wanted() throws Exception {
    page("/", Map.of("ETag", "\"1\"", "Cache-Control", "max-age=600"));
    FetchClient client = client(Duration.ZERO);
    fetch(client, "/");
    fetch(client, "/");

    assertThat(server.asked())
        .hasSize(2)
        .allSatisfy(asked -> assertThat(asked.headers()).doesNotContainIgnoringCase("If-"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ETag | \"v 1, x\" | If-none-match",
        "ETag | W/\"1\" | If-none-match",
        "Last-Modified | Wed, 21 Oct 2015 07:28:00 GMT | If-modified-since",
      })
  void a_server_is_asked_whether_an_old_page_has_changed(
      String validator, String value, String condition) throws Exception {
    AtomicReference<String> etag = new AtomicReference<>(value);
    server.on(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set(validator, etag.get());
          if (etag.get().equals(exchange.getRequestHeaders().getFirst(condition))) {
            exchange.sendResponseHeaders(304, -1);
          } else {
            Website.answer(exchange, 200, "text/plain", etag.get().getBytes(UTF_8));
          }
        });
    FetchClient client = client(HOUR);
    fetch(client, "/");
    clock.advance(HOUR);

    FetchResult.Page asked = fetch(client, "/");
    assertThat(text(asked)).isEqualTo(value);
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.contentType()).contains("text/plain");
    assertThat(asked.at()).isEqualTo(clock.instant());
    assertThat(server.asked()).hasSize(2);
    assertThat(server.asked().getLast().headers()).contains(condition + "=[" + value + "]");

    clock.advance(HOUR.minusMillis(1));
    fetch(client, "/");
    assertThat(server.asked()).as("the page is good for another hour").hasSize(2);

    clock.advance(Duration.ofMillis(1));
    etag.set("\"another\"");
    assertThat(text(fetch(client, "/"))).isEqualTo("\"another\"");
  }

  @Test
  void an_error_is_neither_kept_nor_hidden_by_an_old_page() throws Exception {
    AtomicReference<Integer> status = new AtomicReference<>(500);
    server.on(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"1\"");
          exchange.getResponseHeaders().set("Cache-Control", "max-age=9999");
          Website.answer(exchange, status.get(), "text/plain", "x".getBytes(UTF_8));
        });
    FetchClient client = client(HOUR);
    assertThat(client.fetch(server.at("/"))).isInstanceOf(FetchResult.Refused.class);
    status.set(200);
    fetch(client, "/");
    clock.advance(HOUR);
    status.set(404);
    assertThat(client.fetch(server.at("/"))).isInstanceOf(FetchResult.Refused.class);
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void an_answer_that_says_not_modified_unasked_is_no_page() throws Exception {
    server.on("/", exchange -> exchange.sendResponseHeaders(304, -1));
    assertThat(client(HOUR).fetch(server.at("/"))).isInstanceOf(FetchResult.Unusable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control | no-store",
        "Cache-Control | public, max-age=600, NO-STORE",
        "Cache-Control | private",
        "Cache-Control | private=\"set-cookie, x\", max-age=600",
        "Cache-Control | max-age=0",
        "Cache-Control | no-cache",
        "Cache-Control | max-age=soon",
        "Cache-Control | s-maxage=0, max-age=600",
        "Expires | 0",
        "Expires | Thu, 01 Dec 1994 16:00:00 GMT",
        "Vary | Cookie",
        "Vary | Accept-Encoding, Accept-Language",
        "Vary | *",
      })
  void what_a_server_does_not_want_used_again_is_not(String header, String value) throws Exception {
    page("/", Map.of(header, value));
    FetchClient client = client(HOUR);
    fetch(client, "/");
    assertThat(text(fetch(client, "/"))).isEqualTo("page 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Cache-Control | max-age=60 | 60",
        "Cache-Control | max-age=60, max-age=600 | 60",
        "Cache-Control | max-age=\"60\", must-revalidate | 60",
        "Cache-Control | max-age=7200, s-maxage=60 | 60",
        "Cache-Control | max-age=99999999999 | 3600",
        "Cache-Control | max-age=7200 | 3600",
        "Cache-Control | public | 3600",
        "Vary | accept-encoding, User-Agent | 3600",
      })
  void a_server_may_want_to_be_asked_sooner(String header, String value, int seconds)
      throws Exception {
    page("/", Map.of(header, value));
    FetchClient client = client(HOUR);
    fetch(client, "/");
    clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
    assertThat(text(fetch(client, "/"))).isEqualTo("page 1");
    clock.advance(Duration.ofMillis(1));
    assertThat(text(fetch(client, "/"))).isEqualTo("page 2");
  }

  @Test
  void the_time_that_an_answer_spent_in_other_caches_counts() throws Exception {
    page("/", Map.of("Cache-Control", "max-age=100", "Age", "40"));
    FetchClient client = client(HOUR);
    fetch(client, "/");
    clock.advance(Duration.ofSeconds(60));
    assertThat(text(fetch(client, "/"))).isEqualTo("page 2");
  }

  @Test
  void no_cache_means_that_the_server_is_asked_each_time() throws Exception {
    page("/", Map.of("Cache-Control", "no-cache", "ETag", "\"1\""));
    FetchClient client = client(HOUR);
    fetch(client, "/");
    fetch(client, "/");
    assertThat(server.asked().getLast().headers()).contains("If-none-match=[\"1\"]");
  }

  @Test
  void addresses_that_may_be_different_pages_are_kept_apart() throws Exception {
    page("/", Map.of());
    FetchClient client = client(HOUR);
    List<String> different =
        List.of("/", "/?a=1&b=2", "/?b=2&a=1", "/?utm_source=x", "/A", "/a", "/a/", "/%7Ea");
    for (String path : different) {
      fetch(client, path);
    }
    assertThat(server.asked()).hasSize(different.size());
    assertThat(text(fetch(client, "/#part"))).as("a fragment is not sent").isEqualTo("page 1");
    assertThat(server.asked()).hasSize(different.size());
  }

  @ParameterizedTest
  @CsvSource({"301, 1", "308, 1", "302, 2", "303, 2", "307, 2"})
  void a_redirect_that_is_meant_to_last_is_kept_too(int status, int requests) throws Exception {
    redirect("/old", status, Map.of());
    page("/new", Map.of());
    FetchClient client = client(HOUR);
    fetch(client, "/old");
    FetchResult.Page again = fetch(client, "/old");

    assertThat(again.address()).isEqualTo(server.at("/new"));
    assertThat(again.redirects()).containsExactly(server.at("/old"));
    assertThat(server.asked()).filteredOn(asked -> asked.path().equals("/old")).hasSize(requests);
    assertThat(server.asked()).filteredOn(asked -> asked.path().equals("/new")).hasSize(1);
  }

  @Test
  void a_temporary_redirect_is_kept_for_as_long_as_the_server_says() throws Exception {
    redirect("/old", 302, Map.of("Cache-Control", "max-age=60"));
    page("/new", Map.of());
    FetchClient client = client(HOUR);
    fetch(client, "/old");
    fetch(client, "/old");
    assertThat(server.asked()).hasSize(2);
    clock.advance(Duration.ofMinutes(1));
    fetch(client, "/old");
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void a_page_too_large_to_keep_is_fetched_each_time() throws Exception {
    byte[] noise = new byte[1 << 20];
    new Random(7).nextBytes(noise);
    server.on("/", "text/plain", noise);
    FetchClient client = client(HOUR);
    fetch(client, "/");
    assertThat(fetch(client, "/").body().bytes()).isEqualTo(noise);
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void what_comes_from_the_cache_is_held_against_the_rules_of_who_asks() throws Exception {
    redirect("/old", 301, Map.of());
    page("/new", Map.of());
    fetch(client(HOUR), "/old");

    FetchRules otherDomains =
        FetchRules.DEFAULTS.allowing(
            List.of("example.com"), PrivateAllowlist.of(List.of("127.0.0.1")));
    assertThat(client(otherDomains, SystemDefaultDnsResolver.INSTANCE).fetch(server.at("/old")))
        .isInstanceOfSatisfying(
            FetchResult.Blocked.class,
            blocked -> assertThat(blocked.why()).contains("FETCH_DOMAIN_ALLOWLIST"));
    assertThat(
            client(FetchRules.DEFAULTS, SystemDefaultDnsResolver.INSTANCE).fetch(server.at("/old")))
        .isInstanceOf(FetchResult.Blocked.class);
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void a_name_that_leads_inside_by_now_is_blocked_although_its_page_is_known() throws Exception {
    page("/", Map.of());
    FetchRules rules = FetchRules.DEFAULTS;
    FetchRules onThatPort =
        new FetchRules(
            rules.domains(),
            RULES.exceptions(),
            Set.of(server.port()),
            rules.maxWireBytes(),
            rules.maxBodyBytes(),
            rules.connectFor(),
            rules.silentFor(),
            rules.answerFor(),
            rules.maxRedirects(),
            rules.userAgent());
    AtomicReference<String> leadsTo = new AtomicReference<>("127.0.0.1");
    FetchClient client = client(onThatPort, always(leadsTo));
    WebAddress address = WebAddress.of("http://page.example:%d/".formatted(server.port()));
    assertThat(client.fetch(address)).isInstanceOf(FetchResult.Page.class);
    assertThat(client.fetch(address)).isInstanceOf(FetchResult.Page.class);

    leadsTo.set("10.0.0.7");
    assertThat(client.fetch(address)).isEqualTo(FetchResult.Blocked.notPublic("page.example"));
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void robots_are_obeyed_for_what_is_known_too() throws Exception {
    server.on("/robots.txt", "text/plain", "User-agent: *\nDisallow: /page\n".getBytes(UTF_8));
    page("/page", Map.of());
    fetch(client(HOUR), "/page");

    FetchClient obedient =
        client(RULES, new Politeness(true, Duration.ZERO, 2), SystemDefaultDnsResolver.INSTANCE);
    assertThat(obedient.fetch(server.at("/page"))).isInstanceOf(FetchResult.Blocked.class);
    assertThat(server.asked())
        .extracting(Website.Asked::path)
        .containsExactly("/page", "/robots.txt");
  }

  @Test
  void who_asks_for_a_page_at_the_same_time_shares_one_request() throws Exception {
    CountDownLatch all = new CountDownLatch(8);
    server.on(
        "/",
        exchange -> {
          try {
            all.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          Website.answer(exchange, 200, "text/plain", "shared".getBytes(UTF_8));
        });
    FetchClient client = client(HOUR);
    List<Callable<String>> askers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      askers.add(() -> {
        all.countDown();
        return text(fetch(client, "/"));
      });
    }
    assertThat(Race.between(askers)).hasSize(8).containsOnly("shared");
    assertThat(server.asked()).hasSize(1);
  }

  private FetchClient client(Duration life) {
    return client(RULES, Politeness.NONE, SystemDefaultDnsResolver.INSTANCE, life);
  }

  private FetchClient client(FetchRules rules, DnsResolver dns) {
    return client(rules, Politeness.NONE, dns);
  }

  private FetchClient client(FetchRules rules, Politeness politeness, DnsResolver dns) {
    return client(rules, politeness, dns, HOUR);
  }

  private FetchClient client(
      FetchRules rules, Politeness politeness, DnsResolver dns, Duration life) {
    PageCache pages = new PageCache(store, new JacksonJson(), life, clock);
    FetchClient client = new FetchClient(rules, politeness, Optional.of(pages), dns, clock);
    clients.add(client);
    return client;
  }

  private static DnsResolver always(AtomicReference<String> address) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(address.get())};
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  /// A page that says how often it was asked for.
  private void page(String path, Map<String, String> headers) {
    List<String> asked = new ArrayList<>();
    server.on(
        path,
        exchange -> {
          int number;
          synchronized (asked) {
            asked.add(exchange.getRequestURI().toString());
            number = asked.size();
          }
          set(headers, exchange);
          Website.answer(exchange, 200, "text/plain", ("page " + number).getBytes(UTF_8));
        });
  }

  private void redirect(String path, int status, Map<String, String> headers) {
    server.on(
        path,
        exchange -> {
          set(headers, exchange);
          exchange.getResponseHeaders().set("Location", "/new");
          exchange.sendResponseHeaders(status, -1);
        });
  }

  private static void set(Map<String, String> headers, HttpExchange exchange) {
    headers.forEach(exchange.getResponseHeaders()::set);
  }

  private FetchResult.Page fetch(FetchClient client, String path) throws InterruptedException {
    FetchResult fetched = client.fetch(server.at(path));
    assertThat(fetched).as(path).isInstanceOf(FetchResult.Page.class);
    return (FetchResult.Page) fetched;
  }

  private static String text(FetchResult.Page page) {
    return new String(page.body().bytes(), UTF_8);
  }
}
