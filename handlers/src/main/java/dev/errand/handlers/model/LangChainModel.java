package dev.errand.handlers.model;

import dev.errand.engine.budget.Spending;
import dev.errand.handlers.model.ModelSettings.ApiKey;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model behind LangChain4j: OpenAI and what speaks its protocol, Anthropic, Gemini, Ollama.
///
/// Thread-safe. LangChain4j is only loaded with the first prompt.
public final class LangChainModel implements LanguageModel {
  private static final String OLLAMA_HERE = "http://localhost:11434";

  private final ModelSettings settings;
  private final ModelFailures failures;
  private @Nullable ChatModel chat;

  public LangChainModel(ModelSettings settings) {
    this.settings = settings;
    this.failures = new ModelFailures(settings);
  }

  @Override
  public String name() {
    return settings.provider() + "/" + settings.model();
  }

  @Override
  public boolean isPriced() {
    return settings.prices().areKnown();
  }

  @Override
  public Spending estimate(Prompt prompt) {
    return settings.prices().of(prompt.estimatedTokens(), settings.maxOutputTokens());
  }

  @Override
  public Answer ask(Prompt prompt) throws InterruptedException {
    try {
      return said(chat().chat(request(prompt)));
    } catch (RuntimeException e) {
      return failures.of(e);
    }
  }

  private Answer.Said said(ChatResponse response) {
    String text = response.aiMessage().text();
    return new Answer.Said(
        text == null ? "" : text,
        spending(response.tokenUsage()),
        response.finishReason() == FinishReason.LENGTH);
  }

  private Optional<Spending> spending(@Nullable TokenUsage usage) {
    if (usage == null || usage.inputTokenCount() == null || usage.outputTokenCount() == null) {
      return Optional.empty();
    }
    return Optional.of(settings.prices().of(usage.inputTokenCount(), usage.outputTokenCount()));
  }

  private ChatRequest request(Prompt prompt) {
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(SystemMessage.from(prompt.wholeInstructions()));
    messages.add(UserMessage.from(prompt.text()));
    prompt
        .correction()
        .ifPresent(correction -> {
          // An empty message of its own is refused by some.
          messages.add(AiMessage.from(correction.answer().isBlank() ? "…" : correction.answer()));
          messages.add(UserMessage.from(correction.request()));
        });
    ChatRequest.Builder request = ChatRequest.builder().messages(messages);
    format(prompt.schema()).ifPresent(request::responseFormat);
    return request.build();
  }

  /// The response format for the provider's own parameter, beside the instructions.
  private Optional<ResponseFormat> format(AnswerSchema shape) {
    return switch (settings.provider()) {
      case OPENAI ->
          Optional.of(
              ResponseFormat.builder()
                  .type(ResponseFormatType.JSON)
                  .jsonSchema(
                      JsonSchema.builder()
                          .name(shape.name())
                          .rootElement(JsonRawSchema.from(shape.text()))
                          .build())
                  .build());
      case GEMINI, OLLAMA -> Optional.of(ResponseFormat.JSON);
      case ANTHROPIC -> Optional.empty();
    };
  }

  private synchronized ChatModel chat() {
    ChatModel known = chat;
    if (known == null) {
      known = connected();
      chat = known;
    }
    return known;
  }

  private ChatModel connected() {
    HttpClientBuilder http = ModelHttp.builder(settings.timeout());
    String key = settings.key().map(ApiKey::value).orElse(null);
    String base = settings.baseUrl().map(URI::toString).orElse(null);
    return switch (settings.provider()) {
      case OPENAI -> openAi(http, key, base);
      case ANTHROPIC ->
          AnthropicChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(base)
              .apiKey(key == null ? "none" : key)
              .modelName(settings.model())
              .maxTokens(settings.maxOutputTokens())
              .timeout(settings.timeout())
              .maxRetries(0)
              .build();
      case GEMINI ->
          GoogleAiGeminiChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(base)
              .apiKey(key == null ? "none" : key)
              .modelName(settings.model())
              .maxOutputTokens(settings.maxOutputTokens())
              .timeout(settings.timeout())
              .maxRetries(0)
              .build();
      case OLLAMA ->
          OllamaChatModel.builder()
              .httpClientBuilder(http)
              .baseUrl(base == null ? OLLAMA_HERE : base)
              .modelName(settings.model())
              .numPredict(settings.maxOutputTokens())
              .timeout(settings.timeout())
              .maxRetries(0)
              .build();
    };
  }

  private ChatModel openAi(HttpClientBuilder http, @Nullable String key, @Nullable String base) {
    OpenAiChatModel.OpenAiChatModelBuilder model =
        OpenAiChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(base)
            .apiKey(key)
            .modelName(settings.model())
            .strictJsonSchema(false)
            .timeout(settings.timeout())
            .maxRetries(0);
    // OpenAI's newer models know only max_completion_tokens, most other servers only max_tokens.
    return (base == null
            ? model.maxCompletionTokens(settings.maxOutputTokens())
            : model.maxTokens(settings.maxOutputTokens()))
        .build();
  }
}
