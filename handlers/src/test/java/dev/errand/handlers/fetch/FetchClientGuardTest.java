package dev.errand.handlers.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class FetchClientGuardTest {
  private static final String METADATA = "http://169.254.169.254/latest/meta-data/";

  /// Answers every name with the next of the given addresses.
  private static final class ScriptedDns implements DnsResolver {
    private final Deque<List<String>> answers = new ArrayDeque<>();

    ScriptedDns then(String... addresses) {
      answers.add(List.of(addresses));
      return this;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      List<String> next = answers.size() > 1 ? answers.remove() : answers.element();
      InetAddress[] addresses = new InetAddress[next.size()];
      for (int i = 0; i < addresses.length; i++) {
        addresses[i] = InetAddress.getByName(next.get(i));
      }
      return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"local.example.org", "localhost.example.org", "internal.example.org", "local.com"})
  void a_public_host_may_begin_like_a_name_inside(String host) {
    assertThat(FetchRules.DEFAULTS.refusal(WebAddress.of("http://%s/".formatted(host)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://app.localhost/",
        "http://printer.local/",
        "http://metadata.google.internal/computeMetadata/v1/",
        "http://instance-data/latest",
        "http://instance-data.ec2.example/latest",
        "http://localhost.localdomain/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://100.100.100.200/",
        METADATA,
        "http://172.31.255.255/",
        "http://192.0.0.192/",
        "http://192.168.1.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[64:ff9b:1::1]/",
        "http://[2002:a9fe:a9fe::]/",
        "http://[2001::1]/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/",
      })
  void addresses_inside_are_blocked_before_anything_is_sent(String url) throws Exception {
    try (FetchClient client = new FetchClient(FetchRules.DEFAULTS, Politeness.NONE)) {
      assertThat(client.fetch(WebAddress.of(url)))
          .isInstanceOfSatisfying(
              FetchResult.Blocked.class,
              blocked -> assertThat(blocked.why()).contains("FETCH_PRIVATE_ALLOWLIST"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.1/, IP address",
    "http://2130706433/, IP address",
    "http://127.0.0.01/, IP address",
    "http://0177.0.0.1/, IP address",
    "http://0x7f000001/, IP address",
    "http://0x7f.1/, IP address",
    "http://017700000001/, IP address",
    "http://1.2.3.4.5/, IP address",
    "http://256.1.1.1/, IP address",
    "http://a_b.example.com/, host",
    "http://127.0.0.1:80@evil.com/, user name",
    "http://evil.com\\@127.0.0.1/, user name",
    "http://evil.com\\.127.0.0.1/, host",
    "http:///x, host",
    "http://[::1/, host",
    "file:///etc/passwd, http",
    "gopher://example.com/, http",
    "//example.com/, http",
    "http://example.com:99999/, port",
    "http://example.com:8a/, host",
  })
  void addresses_that_programs_read_differently_are_refused(String url, String why) {
    assertThatThrownBy(() -> WebAddress.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_name_is_blocked_when_one_of_its_addresses_is_private() throws Exception {
    ScriptedDns mixed = new ScriptedDns().then("93.184.215.14", "10.0.0.7");
    try (FetchClient client = client(FetchRules.DEFAULTS, mixed)) {
      assertThat(client.fetch(WebAddress.of("http://mixed.example/")))
          .isEqualTo(FetchResult.Blocked.notPublic("mixed.example"));
    }
  }

  @Test
  void a_refusal_names_no_address_inside() throws Exception {
    ScriptedDns inside = new ScriptedDns().then("10.11.12.13");
    try (FetchClient client = client(FetchRules.DEFAULTS, inside)) {
      assertThat(client.fetch(WebAddress.of("http://wiki.example/")).toString())
          .doesNotContain("10.11.12.13");
    }
  }

  @Test
  void a_name_that_changes_its_address_between_hops_is_blocked() throws Exception {
    try (Website server = new Website();
        FetchClient client =
            client(allowing("127.0.0.1"), new ScriptedDns().then("127.0.0.1").then("10.0.0.7"))) {
      server.on(
          "/",
          exchange -> {
            exchange.getResponseHeaders().set("Location", "http://rebinding.example/secret");
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(302, -1);
          });
      assertThat(client.fetch(server.at("/")))
          .isEqualTo(FetchResult.Blocked.notPublic("rebinding.example"));
    }
  }

  @Test
  void what_is_checked_is_what_is_connected_to() throws Exception {
    // Were the name resolved again for the connection, the second answer would be used.
    ScriptedDns rebinding = new ScriptedDns().then("127.0.0.1").then("127.0.0.2");
    try (Website server = new Website().on("/", "text/plain", new byte[] {'x'});
        FetchClient client = client(allowing("127.0.0.1/32", "rebinding.example"), rebinding)) {
      WebAddress address = WebAddress.of("http://rebinding.example:%d/".formatted(server.port()));
      assertThat(client.fetch(address)).isInstanceOf(FetchResult.Page.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        METADATA,
        "//169.254.169.254/",
        "http://[::ffff:169.254.169.254]/",
        "http://metadata.google.internal/",
        "http://127.0.0.1:22/",
      })
  void a_chain_of_redirects_is_checked_at_every_hop(String end) throws Exception {
    try (Website server = new Website();
        FetchClient client = new FetchClient(allowing("localhost"), Politeness.NONE)) {
      server.redirect("/1", "/2").redirect("/2", end);
      WebAddress start = WebAddress.of("http://localhost:%d/1".formatted(server.port()));
      assertThat(client.fetch(start)).isInstanceOf(FetchResult.Blocked.class);
      assertThat(server.asked()).extracting(Website.Asked::path).containsExactly("/1", "/2");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://example.com/",
        "http://u:p@example.com/",
        "http://0x7f.1/"
      })
  void a_redirect_to_what_is_no_address_is_blocked(String location) throws Exception {
    try (Website server = new Website().redirect("/", location);
        FetchClient client = new FetchClient(allowing("127.0.0.1"), Politeness.NONE)) {
      assertThat(client.fetch(server.at("/"))).isInstanceOf(FetchResult.Blocked.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, http://example.com/, true",
    "example.com, http://a.b.example.com/, true",
    "example.com, http://EXAMPLE.com./, true",
    "example.com, http://evilexample.com/, false",
    "example.com, http://example.com.evil.org/, false",
    "example.com, http://93.184.215.14/, false",
    "m\u00fcnchen.de, http://www.xn--mnchen-3ya.de/, true",
    "xn--mnchen-3ya.de, http://m\u00fcnchen.de/, true",
    "*, http://anything.org/, true",
  })
  void domains_match_at_a_dot(String domain, String url, boolean allowed) {
    FetchRules rules = FetchRules.DEFAULTS.allowing(List.of(domain), PrivateAllowlist.NONE);
    assertThat(rules.refusal(WebAddress.of(url)).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void a_redirect_to_another_domain_is_held_against_the_list() throws Exception {
    try (Website server = new Website().redirect("/", "http://elsewhere.example/");
        FetchClient client =
            new FetchClient(
                FetchRules.DEFAULTS.allowing(
                    List.of("127.0.0.1"), PrivateAllowlist.of(List.of("127.0.0.1"))),
                Politeness.NONE)) {
      assertThat(client.fetch(server.at("/")))
          .isInstanceOfSatisfying(
              FetchResult.Blocked.class,
              blocked -> assertThat(blocked.why()).contains("FETCH_DOMAIN_ALLOWLIST"));
    }
  }

  @Test
  void only_usual_ports_are_asked() {
    assertThat(FetchRules.DEFAULTS.refusal(WebAddress.of("http://example.com:25/"))).isPresent();
    assertThat(FetchRules.DEFAULTS.refusal(WebAddress.of("http://example.com:8080/"))).isEmpty();
    assertThat(FetchRules.DEFAULTS.refusal(WebAddress.of("https://example.com/"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/", "300.1.1.1/8", "fc00::/129", "a/8"})
  void an_exception_that_is_none_is_refused_at_start(String entry) {
    assertThatThrownBy(() -> PrivateAllowlist.of(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FETCH_PRIVATE_ALLOWLIST");
  }

  @Test
  void public_addresses_may_be_fetched_whatever_way_they_are_written() throws IOException {
    for (String address : List.of("93.184.215.14", "2606:4700::1111", "64:ff9b::5db8:d70e")) {
      assertThat(PublicInternet.contains(InetAddress.getByName(address))).as(address).isTrue();
    }
  }

  private static FetchClient client(FetchRules rules, DnsResolver dns) {
    return new FetchClient(rules, Politeness.NONE, Optional.empty(), dns, InstantSource.system());
  }

  private static FetchRules allowing(String... exceptions) {
    return FetchRules.DEFAULTS.allowing(
        List.of("*"), PrivateAllowlist.of(Arrays.asList(exceptions)));
  }
}
