package dev.errand.handlers.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
@Timeout(30)
class FetchClientTest {
  private static final int MIB = 1024 * 1024;
  private static final PrivateAllowlist LOOPBACK = PrivateAllowlist.of(List.of("127.0.0.1"));
  private static final FetchRules RULES = FetchRules.DEFAULTS.allowing(List.of("*"), LOOPBACK);

  /// Enough for an honest loopback server, soon over for one that stalls.
  private static final FetchRules IMPATIENT =
      new FetchRules(
          List.of("*"),
          LOOPBACK,
          RULES.ports(),
          RULES.maxWireBytes(),
          RULES.maxBodyBytes(),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          5,
          "Errand/test");

  private Website server;
  private FetchClient client;

  @BeforeEach
  void start() throws IOException {
    server = new Website();
    client = new FetchClient(RULES, Politeness.NONE);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void a_page_comes_with_its_type_and_the_way_to_it() throws Exception {
    server.redirect("/a", "/b?x=1").on("/b", "text/html; charset=utf-8", "hi".getBytes(UTF_8));
    assertThat(client.fetch(server.at("/a")))
        .isInstanceOfSatisfying(
            FetchResult.Page.class,
            page -> {
              assertThat(page.address()).isEqualTo(server.at("/b?x=1"));
              assertThat(page.redirects()).containsExactly(server.at("/a"));
              assertThat(page.status()).isEqualTo(200);
              assertThat(page.contentType()).contains("text/html; charset=utf-8");
              assertThat(page.body().bytes()).asString(UTF_8).isEqualTo("hi");
            });
  }

  @Test
  void nothing_personal_is_sent() throws Exception {
    server
        .on(
            "/set",
            exchange -> {
              exchange.getResponseHeaders().set("Set-Cookie", "id=1");
              exchange.getResponseHeaders().set("Location", "/get");
              exchange.sendResponseHeaders(302, -1);
            })
        .on("/get", "text/plain", new byte[] {'x'});
    client.fetch(server.at("/set"));
    client.fetch(server.at("/get"));
    assertThat(server.asked())
        .hasSize(3)
        .allSatisfy(asked ->
            assertThat(asked.headers())
                .contains("User-agent=[Errand/")
                .contains("Accept-encoding=[gzip]")
                .doesNotContainIgnoringCase("cookie")
                .doesNotContainIgnoringCase("authorization")
                .doesNotContainIgnoringCase("referer"));
  }

  @Test
  void redirects_end_after_the_fifth() throws Exception {
    server.redirect("/", "/");
    assertThat(client.fetch(server.at("/")))
        .isEqualTo(new FetchResult.Unusable("more than 5 redirects"));
    assertThat(server.asked()).hasSize(6);
  }

  @Test
  void an_error_comes_with_the_wait_that_the_server_asks_for() throws Exception {
    server.on(
        "/busy",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "120");
          Website.answer(exchange, 429, "text/plain", "later".getBytes(UTF_8));
        });
    assertThat(client.fetch(server.at("/busy")))
        .isEqualTo(new FetchResult.Refused(429, Optional.of(Duration.ofMinutes(2))));
    assertThat(client.fetch(server.at("/nowhere")))
        .isEqualTo(new FetchResult.Refused(404, Optional.empty()));
  }

  @Test
  void a_gzip_body_is_decompressed() throws Exception {
    server.on("/", exchange -> zipped(exchange, "gzip", zip("grüße".getBytes(UTF_8))));
    assertThat(body("/")).isEqualTo("grüße");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "zstd", "gzip, gzip", "gzip,br"})
  void an_encoding_nobody_asked_for_is_not_decoded(String encoding) throws Exception {
    server.on("/", exchange -> zipped(exchange, encoding, zip(new byte[10])));
    assertThat(client.fetch(server.at("/"))).isInstanceOf(FetchResult.Unusable.class);
  }

  @Test
  void a_gzip_bomb_is_not_unpacked() throws Exception {
    byte[] bomb = zip(new byte[200 * MIB]);
    assertThat(bomb).hasSizeLessThan(MIB);
    server.on("/", exchange -> zipped(exchange, "gzip", bomb));
    assertThat(client.fetch(server.at("/")))
        .isInstanceOfSatisfying(
            FetchResult.Unusable.class,
            unusable -> assertThat(unusable.why()).contains("hundredfold"));
  }

  @Test
  void a_slower_gzip_bomb_ends_at_ten_mebibytes() throws Exception {
    byte[] page = new byte[12 * MIB];
    Random random = new Random(1);
    for (int i = 0; i < page.length; i += 20) {
      page[i] = (byte) random.nextInt();
    }
    byte[] packed = zip(page);
    assertThat(packed.length).isBetween(page.length / 100, 5 * MIB);
    server.on("/", exchange -> zipped(exchange, "gzip", packed));
    assertThat(client.fetch(server.at("/")))
        .isEqualTo(new FetchResult.Unusable("the body is larger than 10485760 bytes"));
  }

  @Test
  void a_body_that_says_it_is_too_large_is_not_even_read() throws Exception {
    try (RawServer honest =
        new RawServer(out -> {
          write(out, "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n");
          Thread.sleep(Duration.ofMinutes(1));
        })) {
      assertThat(client.fetch(honest.address())).isInstanceOf(FetchResult.Unusable.class);
    }
  }

  @Test
  void an_endless_body_ends_at_five_mebibytes() throws Exception {
    try (RawServer endless =
        new RawServer(out -> {
          write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          for (String chunk = "x".repeat(4096); ; ) {
            write(out, "1000\r\n" + chunk + "\r\n");
          }
        })) {
      assertThat(client.fetch(endless.address()))
          .isEqualTo(new FetchResult.Unusable("the body is larger than 5242880 bytes"));
    }
  }

  @Test
  void the_endless_body_of_an_error_or_a_redirect_is_left_alone() throws Exception {
    try (RawServer endless =
        new RawServer(out -> {
          write(out, "HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            write(out, "1\r\nx\r\n");
          }
        })) {
      assertThat(client.fetch(endless.address()))
          .isEqualTo(new FetchResult.Refused(500, Optional.empty()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"})
  void a_server_that_drips_is_left_when_the_time_is_up(String start) throws Exception {
    try (RawServer dripping =
            new RawServer(out -> {
              write(out, start);
              while (true) {
                write(out, "x");
                Thread.sleep(50);
              }
            });
        FetchClient impatient = new FetchClient(IMPATIENT, Politeness.NONE)) {
      Instant began = Instant.now();
      assertThat(impatient.fetch(dripping.address())).isInstanceOf(FetchResult.Unreachable.class);
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void a_silent_server_is_left() throws Exception {
    try (RawServer silent = new RawServer(_ -> Thread.sleep(Duration.ofMinutes(1)));
        FetchClient impatient = new FetchClient(IMPATIENT, Politeness.NONE)) {
      assertThat(impatient.fetch(silent.address())).isInstanceOf(FetchResult.Unreachable.class);
    }
  }

  @Test
  void a_flood_of_headers_is_cut() throws Exception {
    try (RawServer flooding =
        new RawServer(out -> {
          write(out, "HTTP/1.1 200 OK\r\n");
          while (true) {
            write(out, "X-Header: value\r\n");
          }
        })) {
      assertThat(client.fetch(flooding.address()))
          .isEqualTo(new FetchResult.Unusable("the answer's header is too large"));
    }
  }

  @Test
  void one_endless_header_is_cut() throws Exception {
    try (RawServer flooding =
        new RawServer(out -> {
          write(out, "HTTP/1.1 200 OK\r\nX: ");
          while (true) {
            write(out, "y".repeat(1000));
          }
        })) {
      assertThat(client.fetch(flooding.address()))
          .isEqualTo(new FetchResult.Unusable("the answer's header is too large"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
      })
  void a_broken_answer_may_be_tried_again(String answer) throws Exception {
    try (RawServer broken = new RawServer(out -> write(out, answer));
        FetchClient impatient = new FetchClient(IMPATIENT, Politeness.NONE)) {
      assertThat(impatient.fetch(broken.address())).isInstanceOf(FetchResult.Unreachable.class);
    }
  }

  @Test
  void a_closed_port_is_told_without_its_address() throws Exception {
    WebAddress gone;
    try (RawServer closed = new RawServer(_ -> {})) {
      gone = closed.address();
    }
    assertThat(client.fetch(gone))
        .isEqualTo(new FetchResult.Unreachable("the connection to 127.0.0.1 failed"));
  }

  @Test
  void an_interrupt_ends_a_fetch_at_once() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    try (RawServer silent =
        new RawServer(_ -> {
          connected.countDown();
          Thread.sleep(Duration.ofMinutes(1));
        })) {
      FutureTask<FetchResult> fetch = new FutureTask<>(() -> client.fetch(silent.address()));
      Thread thread = Thread.ofVirtual().start(fetch);
      connected.await();
      thread.interrupt();
      thread.join();
      assertThatThrownBy(fetch::get).hasCauseInstanceOf(InterruptedException.class);
    }
  }

  private String body(String path) throws Exception {
    return switch (client.fetch(server.at(path))) {
      case FetchResult.Page page -> new String(page.body().bytes(), UTF_8);
      case FetchResult other -> throw new AssertionError(other);
    };
  }

  private static void zipped(
      com.sun.net.httpserver.HttpExchange exchange, String encoding, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Encoding", encoding);
    Website.answer(exchange, 200, "text/plain", body);
  }

  private static byte[] zip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(bytes);
    }
    return out.toByteArray();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(US_ASCII));
  }
}
