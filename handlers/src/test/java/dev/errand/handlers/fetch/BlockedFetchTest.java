package dev.errand.handlers.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.handlers.read.Reader;
import dev.errand.testkit.attempt.RecordingAttempt;
import dev.errand.testkit.memory.InMemoryCache;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a `fetch_url` task may not reach, tried with the whole of it: parameters, handler, robots,
/// cache and client. In addresses, `PORT` is that of a server which would answer.
@NullMarked
@Timeout(60)
class BlockedFetchTest {
  private final JacksonJson json = new JacksonJson();
  private final RecordingAttempt attempt = new RecordingAttempt(json);
  private final Names names = new Names();
  private final List<FetchClient> clients = new ArrayList<>();
  private Website server;
  private FetchHandler handler;

  /// Names with what they lead to; the last answer stays. Addresses lead to themselves.
  private static final class Names implements DnsResolver {
    private final Map<String, Deque<List<String>>> answers = new HashMap<>();

    @SafeVarargs
    @SuppressWarnings("varargs")
    final Names lead(String name, List<String>... one) {
      answers.put(name, new ArrayDeque<>(List.of(one)));
      return this;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      Deque<List<String>> known = answers.getOrDefault(host, new ArrayDeque<>());
      List<String> next =
          known.isEmpty() ? literal(host) : known.size() > 1 ? known.remove() : known.element();
      InetAddress[] addresses = new InetAddress[next.size()];
      for (int i = 0; i < addresses.length; i++) {
        addresses[i] = InetAddress.getByName(next.get(i));
      }
      return addresses;
    }

    private static List<String> literal(String host) throws UnknownHostException {
      if (!AddressBlock.isLiteral(host)) {
        throw new UnknownHostException(host);
      }
      return List.of(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = new Website().on("/", "text/plain", "a secret".getBytes(UTF_8));
    // By its name, so that nothing else may be reached where it is.
    handler = handler(PrivateAllowlist.of(List.of("start.example")));
    names.lead("start.example", List.of("127.0.0.1"));
  }

  private FetchHandler handler(PrivateAllowlist exceptions) {
    FetchRules usual = FetchRules.DEFAULTS;
    FetchRules rules =
        new FetchRules(
            usual.domains(),
            exceptions,
            Set.of(80, 443, server.port()),
            usual.maxWireBytes(),
            usual.maxBodyBytes(),
            usual.connectFor(),
            usual.silentFor(),
            usual.answerFor(),
            usual.maxRedirects(),
            usual.userAgent());
    InstantSource clock = InstantSource.system();
    PageCache pages = new PageCache(new InMemoryCache(clock), json, Duration.ofHours(1), clock);
    FetchClient client =
        new FetchClient(
            rules, new Politeness(true, Duration.ZERO, 2), Optional.of(pages), names, clock);
    clients.add(client);
    return new FetchHandler(client, new Reader());
  }

  @AfterEach
  void stop() {
    clients.forEach(FetchClient::close);
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/",
        "http://127.8.8.8:PORT/",
        "http://127.0.0.1.:PORT/x@",
        "http://localhost:PORT/",
        "http://app.localhost:PORT/",
        "http://0.0.0.0:PORT/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://100.64.0.1/",
        "http://169.254.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.google.internal/computeMetadata/v1/",
        "http://100.100.100.200/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://[::1]:PORT/",
        "http://[::]:PORT/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://[::ffff:7f00:1]:PORT/",
        "http://[0:0:0:0:0:ffff:10.0.0.1]/",
        "http://[::127.0.0.1]:PORT/",
        "http://[64:ff9b::7f00:1]:PORT/",
        "http://[2002:7f00:1::]:PORT/",
      })
  void addresses_inside(String url) {
    assertThat(blocked(url)).hasMessageContaining("FETCH_PRIVATE_ALLOWLIST");
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433:PORT/",
        "http://017700000001:PORT/",
        "http://0x7f000001:PORT/",
        "http://0177.0.0.1:PORT/",
        "http://0x7f.0.0.1:PORT/",
        "http://127.1:PORT/",
        "http://127.000.000.001:PORT/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://[::ffff:127.0.0.1%251]:PORT/",
        "http://start.example@127.0.0.1:PORT/",
        "http://start.example:80@127.0.0.1:PORT/",
        "http://127.0.0.1:PORT\\\\@start.example/",
        "http://start.example%40127.0.0.1:PORT/",
        "http://start.example\\\\.127.0.0.1:PORT/",
      })
  void spellings_that_programs_read_differently_make_no_task(String url) {
    InvalidParams refused = catchThrowableOfType(InvalidParams.class, () -> params(url));
    assertThat(refused.violations())
        .singleElement()
        .extracting(InvalidParams.Violation::pointer)
        .isEqualTo("/url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/",
        "//127.0.0.1:PORT/",
        "http://localhost:PORT/",
        "http://169.254.169.254/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://2130706433:PORT/",
        "http://0177.0.0.1:PORT/",
        "http://0x7f.1:PORT/",
        "http://[fe80::1%25eth0]/",
        "http://start.example@127.0.0.1:PORT/",
        "http://inside.example:PORT/",
        "http://127.0.0.1:22/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:PORT/",
      })
  void redirects_to_them(String location) {
    names.lead("inside.example", List.of("127.0.0.1"));
    server
        .on("/robots.txt", "text/plain", "User-agent: *\nAllow: /\n".getBytes(UTF_8))
        .redirect("/first", "/second")
        .redirect("/second", here(location));

    blocked("http://start.example:PORT/first");
    assertThat(server.asked())
        .extracting(Website.Asked::path)
        .containsExactly("/robots.txt", "/first", "/second");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "::1",
    "fe80::1",
    "fd00:ec2::254",
    "64:ff9b::a00:1",
    "0.0.0.0",
  })
  void names_that_lead_to_them(String address) {
    names
        .lead("inside.example", List.of(address))
        .lead("mixed.example", List.of("93.184.215.14", address));

    assertThat(blocked("http://inside.example:PORT/")).hasMessageContaining("inside.example");
    assertThat(blocked("http://mixed.example:PORT/")).message().doesNotContain(address);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void a_name_that_leads_outside_first_and_inside_then() throws Exception {
    // Here the loopback stands for what may be reached.
    handler = handler(PrivateAllowlist.of(List.of("127.0.0.1/32")));
    names.lead("rebinding.example", List.of("127.0.0.1"), List.of("10.0.0.7"));
    server.on(
        "/robots.txt",
        exchange -> {
          exchange.getResponseHeaders().set("Connection", "close");
          Website.answer(exchange, 404, "text/plain", new byte[0]);
        });
    assertThat(blocked("http://rebinding.example:PORT/")).hasMessageContaining("rebinding.example");
    assertThat(server.asked()).extracting(Website.Asked::path).containsExactly("/robots.txt");

    names.lead("known.example", List.of("127.0.0.1"));
    handler.handle(params("http://known.example:PORT/"), attempt);
    names.lead("known.example", List.of("10.0.0.7"));
    blocked("http://known.example:PORT/");
  }

  @Test
  void what_an_allowed_name_gave_is_given_to_no_other_one() throws Exception {
    handler.handle(params("http://start.example:PORT/page"), attempt);
    assertThatThrownBy(
            () -> handler.handle(params("http://127.0.0.1:PORT/page"), new RecordingAttempt(json)))
        .isInstanceOf(TaskFailure.class);
  }

  private TaskFailure blocked(String url) {
    FetchHandler.Params params = params(url);
    TaskFailure failure =
        catchThrowableOfType(
            TaskFailure.class, () -> handler.handle(params, new RecordingAttempt(json)));
    assertThat(failure).as(url).isNotNull();
    assertThat(failure.code()).as(url).isEqualTo("fetch_blocked");
    assertThat(failure.retryable()).as(url).isFalse();
    return failure;
  }

  private FetchHandler.Params params(String url) {
    return json.read("{\"url\":\"%s\"}".formatted(here(url)), FetchHandler.Params.class);
  }

  private String here(String url) {
    return url.replace("PORT", "" + server.port());
  }
}
