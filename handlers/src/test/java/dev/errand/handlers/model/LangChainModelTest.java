package dev.errand.handlers.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Spending;
import dev.errand.handlers.model.ModelSettings.ApiKey;
import dev.errand.handlers.model.ModelSettings.Prices;
import dev.errand.testkit.llm.FakeModel;
import dev.errand.testkit.llm.FakeModel.Reply;
import dev.errand.testkit.loopback.LoopbackServer;
import java.io.Closeable;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LangChainModelTest {
  private static final Prices PRICES =
      new Prices(Optional.of(new BigDecimal("2.00")), Optional.of(new BigDecimal("10.00")));
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"content\":{\"type\":\"string\"}},"
          + "\"required\":[\"content\"],\"additionalProperties\":false}";
  private static final Prompt PROMPT =
      new Prompt(
          "You write.",
          "Write “äöü” 東京.",
          new AnswerSchema("blog_section", SCHEMA),
          Optional.empty());

  @Test
  void openai_is_asked_with_instructions_prompt_schema_and_limit() throws Exception {
    try (FakeModel server = FakeModel.start(0)) {
      Answer answer = openAi(server, FakeModel.KEY).ask(PROMPT);

      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Said.class,
              said -> {
                assertThat(said.text()).startsWith("{\"content\":\"Some *words*");
                assertThat(said.spending()).contains(new Spending(120, new Money(400)));
                assertThat(said.cutShort()).isFalse();
              });
      assertThat(server.asked().getFirst())
          .contains("You write.", "Write “äöü” 東京.", "additionalProperties", "max_tokens", "77")
          .contains("json_schema");
    }
  }

  @Test
  void an_answer_that_became_too_long_is_known_to_be_cut() throws Exception {
    try (FakeModel server = FakeModel.start(0).next(Reply.cutShort(), Reply.withoutUsage())) {
      LanguageModel model = openAi(server, FakeModel.KEY);

      assertThat(((Answer.Said) model.ask(PROMPT)).cutShort()).isTrue();
      assertThat(((Answer.Said) model.ask(PROMPT)).spending()).isEmpty();
    }
  }

  @Test
  void refusals_say_whether_to_come_back_and_when() throws Exception {
    try (FakeModel server =
        FakeModel.start(0)
            .next(
                Reply.status(429, "{\"error\":{\"message\":\"slow down\"}}", "Retry-After", "17"),
                Reply.status(500, "oops"),
                Reply.status(503, "", "Retry-After", "3"),
                Reply.status(400, "{\"error\":{\"message\":\"no such parameter\"}}"),
                Reply.status(404, "{}"),
                Reply.status(302, "", "Location", "http://127.0.0.1:1/"))) {
      LanguageModel model = openAi(server, FakeModel.KEY);

      Answer.Failed busy = failed(model);
      assertThat(busy.failure().code()).isEqualTo("model_busy");
      assertThat(busy.failure().retryAfter()).contains(Duration.ofSeconds(17));
      assertThat(busy.perhapsPaid()).isFalse();
      assertThat(failed(model).failure().code()).isEqualTo("model_failed");
      assertThat(failed(model).failure().retryAfter()).contains(Duration.ofSeconds(3));
      Answer.Failed refused = failed(model);
      assertThat(refused.failure().retryable()).isFalse();
      assertThat(refused.failure()).hasMessageContaining("answered 400: no such parameter");
      assertThat(failed(model).failure().code()).isEqualTo("model_not_found");
      assertThat(failed(model).failure().retryable()).isFalse();
      assertThat(server.asked()).as("nothing is repeated").hasSize(6);
    }
  }

  @Test
  void a_wrong_key_is_told_without_showing_any_of_it() throws Exception {
    try (FakeModel server = FakeModel.start(0)) {
      Answer.Failed failed = failed(openAi(server, "very-secret"));

      assertThat(failed.failure().code()).isEqualTo("model_unauthorized");
      assertThat(failed.failure().getMessage())
          .contains("LLM_API_KEY")
          .doesNotContain("secret", "fake-mod");
      assertThat(settings(server, "very-secret").toString()).doesNotContain("secret");
    }
  }

  @Test
  void what_takes_too_long_may_have_been_paid_and_what_is_not_there_was_not() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    FakeModel server = FakeModel.start(0).next(Reply.after(() -> await(end)));
    LanguageModel model = openAi(server, FakeModel.KEY);
    try (server) {
      Answer.Failed slow = failed(model);
      assertThat(slow.failure().code()).isEqualTo("model_timeout");
      assertThat(slow.perhapsPaid()).isTrue();
    } finally {
      end.countDown();
    }

    Answer.Failed gone = failed(model);
    assertThat(gone.failure().code()).isEqualTo("model_unreachable");
    assertThat(gone.failure().retryable()).isTrue();
  }

  @Test
  void an_answer_that_begins_and_never_ends_takes_too_long() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (LoopbackServer server = LoopbackServer.start();
        Closeable _ = end::countDown) {
      server.on(
          "POST /chat/completions",
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(end);
          });
      Answer.Failed slow = failed(new LangChainModel(settings(server.url(), FakeModel.KEY)));

      assertThat(slow.failure().code()).isEqualTo("model_timeout");
      assertThat(slow.perhapsPaid()).isTrue();
    }
  }

  @Test
  void anthropic_gemini_and_ollama_are_asked_in_their_own_words() throws Exception {
    try (LoopbackServer server = LoopbackServer.start()) {
      server.on(
          "POST /v1/messages",
          LoopbackServer.Reply.json(
              200,
              "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"test\","
                  + "\"content\":[{\"type\":\"text\",\"text\":\"{}\"}],\"stop_reason\":\"max_tokens\","
                  + "\"usage\":{\"input_tokens\":7,\"output_tokens\":3}}"));
      server.on(
          "POST /v1beta/models/test:generateContent",
          LoopbackServer.Reply.json(
              200,
              "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"{}\"}],\"role\":\"model\"},"
                  + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":7,"
                  + "\"candidatesTokenCount\":3,\"totalTokenCount\":10}}"));
      server.on(
          "POST /api/chat",
          LoopbackServer.Reply.json(
              200,
              "{\"model\":\"test\",\"message\":{\"role\":\"assistant\",\"content\":\"{}\"},"
                  + "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":7,"
                  + "\"eval_count\":3}"));

      Answer anthropic = model(ModelSettings.Provider.ANTHROPIC, server.url() + "/v1").ask(PROMPT);
      Answer gemini = model(ModelSettings.Provider.GEMINI, server.url() + "/v1beta").ask(PROMPT);
      Answer ollama = model(ModelSettings.Provider.OLLAMA, server.url()).ask(PROMPT);

      Optional<Spending> ten = Optional.of(new Spending(10, Money.NONE));
      assertThat(anthropic).isEqualTo(new Answer.Said("{}", ten, true));
      assertThat(gemini).isEqualTo(new Answer.Said("{}", ten, false));
      assertThat(ollama).isEqualTo(new Answer.Said("{}", ten, false));
      assertThat(server.latest("POST /v1/messages").header("x-api-key")).isEqualTo("k");
      assertThat(server.latest("POST /v1beta/models/test:generateContent").header("x-goog-api-key"))
          .isEqualTo("k");
      assertThat(server.latest("POST /api/chat").body()).contains("\"json\"", "num_predict");
    }
  }

  private static Answer.Failed failed(LanguageModel model) throws InterruptedException {
    return (Answer.Failed) model.ask(PROMPT);
  }

  private static LanguageModel openAi(FakeModel server, String key) {
    return new LangChainModel(settings(server, key));
  }

  private static ModelSettings settings(FakeModel server, String key) {
    return settings(server.url(), key);
  }

  private static ModelSettings settings(String url, String key) {
    return new ModelSettings(
        ModelSettings.Provider.OPENAI,
        "test",
        Optional.of(new ApiKey(key)),
        Optional.of(URI.create(url)),
        Duration.ofSeconds(2),
        77,
        PRICES);
  }

  private static LanguageModel model(ModelSettings.Provider provider, String url) {
    return new LangChainModel(
        new ModelSettings(
            provider,
            "test",
            Optional.of(new ApiKey("k")),
            Optional.of(URI.create(url)),
            Duration.ofSeconds(20),
            77,
            Prices.UNKNOWN));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
