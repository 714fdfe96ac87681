package dev.errand.handlers.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.handlers.read.Reader;
import dev.errand.testkit.attempt.RecordingAttempt;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class FetchHandlerTest {
  private static final String PAGE =
      """
      <!doctype html><html lang="de"><head><title>Wind | The Site</title></head><body>
      <nav><a href="/">Home</a></nav>
      <main><h1>Wind</h1><p>%s</p><pre>  a &lt; b
      c</pre></main>
      <footer>All rights reserved</footer></body></html>
      """
          .formatted("Der Wind weht über das Meer und über die Dächer der Stadt. ".repeat(20));

  private final JacksonJson json = new JacksonJson();
  private final RecordingAttempt attempt = new RecordingAttempt(json);
  private Website server;
  private FetchClient client;
  private FetchHandler handler;

  @BeforeEach
  void start() throws IOException {
    server = new Website();
    client =
        new FetchClient(
            FetchRules.DEFAULTS.allowing(List.of("*"), PrivateAllowlist.of(List.of("127.0.0.1"))),
            Politeness.NONE);
    handler = new FetchHandler(client, new Reader());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void the_main_text_is_stored_as_markdown() throws Exception {
    server.redirect("/old", "/wind").on("/wind", "text/html; charset=utf-8", PAGE.getBytes(UTF_8));
    FetchHandler.Result result = handler.handle(params("/old", ""), attempt);
    assertThat(result.url()).isEqualTo(server.at("/old").toString());
    assertThat(result.finalUrl()).isEqualTo(server.at("/wind").toString());
    assertThat(result.status()).isEqualTo(200);
    assertThat(result.title()).isEqualTo("Wind");
    assertThat(result.language()).isEqualTo("de");
    assertThat(result.words()).isGreaterThan(200);
    assertThat(result.confidence()).isGreaterThan(0.5);
    assertThat(attempt.stored()).hasSize(1);
    assertThat(attempt.stored("fetch_text").artifact().name()).isEqualTo("text.md");
    assertThat(attempt.stored("fetch_text").artifact().contentType())
        .isEqualTo("text/markdown; charset=utf-8");
    assertThat(attempt.stored("fetch_text").text())
        .startsWith("# Wind\n\nDer Wind weht über das Meer")
        .endsWith("```\n  a < b\nc\n```")
        .doesNotContain("All rights reserved", "Home");
  }

  @Test
  void everything_is_stored_when_reader_mode_is_off() throws Exception {
    server.on("/", "text/html; charset=utf-8", PAGE.getBytes(UTF_8));
    handler.handle(params("/", ",\"reader_mode\":false"), attempt);
    assertThat(attempt.stored("fetch_text").text()).contains("All rights reserved", "Home", "Wind");
  }

  @Test
  void the_page_itself_is_stored_only_when_asked_for() throws Exception {
    server.on("/", "text/html; charset=utf-8", PAGE.getBytes(UTF_8));
    handler.handle(params("/", ",\"store_raw_html\":true"), attempt);
    assertThat(attempt.stored("fetch_html").text()).isEqualTo(PAGE);
    assertThat(attempt.stored("fetch_html").artifact().contentType())
        .isEqualTo("text/html; charset=utf-8");
  }

  @Test
  void a_plain_text_is_stored_as_such() throws Exception {
    server.on("/", "text/plain", "Only words.\n\nAnd more.".getBytes(UTF_8));
    handler.handle(params("/", ""), attempt);
    assertThat(attempt.stored("fetch_text").artifact().name()).isEqualTo("text.txt");
    assertThat(attempt.stored("fetch_text").text()).isEqualTo("Only words.\n\nAnd more.");
  }

  @Test
  void what_has_no_text_is_said_to_have_none() throws Exception {
    server.on("/", "text/html", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 0, 0, 0, 1});
    FetchHandler.Result result = handler.handle(params("/", ""), attempt);
    assertThat(result.strategy()).isEqualTo("none");
    assertThat(result.confidence()).isZero();
    assertThat(result.words()).isZero();
  }

  @Test
  void a_later_attempt_reads_what_the_first_one_fetched() throws Exception {
    server.on("/", "text/html; charset=utf-8", PAGE.getBytes(UTF_8));
    FetchHandler.Result first = handler.handle(params("/", ""), attempt);
    String fetched = attempt.finishedSteps().getOrDefault("fetch", "");
    RecordingAttempt after =
        new RecordingAttempt(json).withStep("fetch", json.read(fetched, FetchedPage.class));
    assertThat(handler.handle(params("/", ""), after)).isEqualTo(first);
    assertThat(after.stored("fetch_text").text()).isEqualTo(attempt.stored("fetch_text").text());
    assertThat(server.asked()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"404, false", "403, false", "410, false", "500, true", "502, true", "503, true"})
  void an_error_is_retried_when_a_repeat_may_mend_it(int status, boolean retryable)
      throws Exception {
    server.on("/", exchange -> Website.answer(exchange, status, "text/plain", new byte[0]));
    TaskFailure failure = failure("/");
    assertThat(failure.code()).isEqualTo("fetch_failed");
    assertThat(failure.retryable()).isEqualTo(retryable);
    assertThat(failure).hasMessageContaining("" + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void a_busy_server_is_left_alone_as_long_as_it_asks(int status) throws Exception {
    server.on(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "17");
          Website.answer(exchange, status, "text/plain", new byte[0]);
        });
    assertThat(failure("/").retryAfter()).contains(Duration.ofSeconds(17));
  }

  @Test
  void a_blocked_address_fails_for_good_and_says_what_an_administrator_can_do() throws Exception {
    server.redirect("/", "http://169.254.169.254/");
    TaskFailure failure = failure("/");
    assertThat(failure.code()).isEqualTo("fetch_blocked");
    assertThat(failure.retryable()).isFalse();
    assertThat(failure).hasMessageContaining("FETCH_PRIVATE_ALLOWLIST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "ftp://example.com/",
        "http://u@example.com/",
        "http://0x7f.1/"
      })
  void a_bad_address_is_refused_when_the_task_is_submitted(String url) {
    InvalidParams refusal =
        catchThrowableOfType(
            InvalidParams.class,
            () -> json.read("{\"url\":\"%s\"}".formatted(url), FetchHandler.Params.class));
    assertThat(refusal.violations())
        .singleElement()
        .extracting(InvalidParams.Violation::pointer)
        .isEqualTo("/url");
  }

  @ParameterizedTest
  @CsvSource({
    "GBK, 天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。",
    "Shift_JIS, いろはにほへと ちりぬるを わかよたれそ つねならむ",
    "KOI8-R, Съешь же ещё этих мягких французских булок",
    "windows-1252, “Naïve café” – déjà vu €5",
    "UTF-16, Zwölf Boxkämpfer jagen Viktor",
    "UTF-16LE, Zwölf Boxkämpfer jagen Viktor",
    "EUC-KR, 키스의 고유조건은 입술끼리 만나야 하고",
  })
  void a_charset_is_believed_from_header_or_page(String charset, String sentence) throws Exception {
    String page =
        "<!doctype html><html><head><meta charset=\"%s\"></head><body><p>%s</p></body></html>"
            .formatted(charset, sentence.repeat(20));
    byte[] bytes = page.getBytes(Charset.forName(charset));
    server.on("/named", "text/html; charset=" + charset, bytes).on("/bare", "text/html", bytes);
    for (String path : List.of("/named", "/bare")) {
      RecordingAttempt each = new RecordingAttempt(json);
      handler.handle(params(path, ""), each);
      assertThat(each.stored("fetch_text").text()).as(path).contains(sentence);
    }
  }

  @Test
  void progress_and_steps_are_shown() throws Exception {
    server.on("/", "text/html; charset=utf-8", PAGE.getBytes(UTF_8));
    handler.handle(params("/", ""), attempt);
    assertThat(attempt.reported())
        .extracting(RecordingAttempt.Progress::percent)
        .isSorted()
        .startsWith(0)
        .endsWith(100);
    assertThat(attempt.finishedSteps().keySet()).containsExactlyElementsOf(handler.steps());
  }

  private FetchHandler.Params params(String path, String more) {
    return json.read(
        "{\"url\":\"%s\"%s}".formatted(server.at(path), more), FetchHandler.Params.class);
  }

  private TaskFailure failure(String path) {
    return catchThrowableOfType(TaskFailure.class, () -> handler.handle(params(path, ""), attempt));
  }
}
