package dev.errand.server.config;

import dev.errand.handlers.model.ModelSettings;
import dev.errand.handlers.model.ModelSettings.ApiKey;
import dev.errand.handlers.model.ModelSettings.Prices;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Reads which language model there is.
final class ModelVariables {
  private static final String NONE = "none";
  private static final int MOST = 9_999_999;

  private ModelVariables() {}

  /// Empty unless `LLM_PROVIDER` names one.
  static Optional<ModelSettings> read(Variables variables) {
    Optional<ModelSettings.Provider> provider =
        variables.find(
            "LLM_PROVIDER",
            NONE,
            ModelSettings.Provider::toString,
            Values.oneOf(ModelSettings.Provider.values()));
    Optional<String> model = variables.find("LLM_MODEL", NONE, text -> text, text -> text);
    Optional<ApiKey> key = key(variables, "LLM_API_KEY");
    // What the providers' own tools call their keys.
    Optional<ApiKey> openai = key(variables, "OPENAI_API_KEY");
    Optional<ApiKey> anthropic = key(variables, "ANTHROPIC_API_KEY");
    Optional<ApiKey> gemini = key(variables, "GEMINI_API_KEY");
    Optional<URI> base =
        variables.find("LLM_BASE_URL", "the provider's own", URI::toString, HttpUrl::parse);
    Duration timeout =
        variables.get(
            "LLM_TIMEOUT_SECONDS",
            ModelSettings.DEFAULT_TIMEOUT,
            value -> String.valueOf(value.toSeconds()),
            text -> Duration.ofSeconds(Values.positive(text, MOST)));
    int longest =
        variables.get(
            "LLM_MAX_OUTPUT_TOKENS",
            ModelSettings.DEFAULT_MAX_OUTPUT_TOKENS,
            String::valueOf,
            text -> Values.positive(text, MOST));
    Prices prices =
        new Prices(
            price(variables, "LLM_USD_PER_MILLION_INPUT_TOKENS"),
            price(variables, "LLM_USD_PER_MILLION_OUTPUT_TOKENS"));
    return provider.flatMap(named -> {
      Optional<ApiKey> ofProvider =
          switch (named) {
            case OPENAI -> openai;
            case ANTHROPIC -> anthropic;
            case GEMINI -> gemini;
            case OLLAMA -> Optional.empty();
          };
      Optional<ApiKey> chosen = key.or(() -> ofProvider);
      variables.require(model.isPresent(), "LLM_PROVIDER needs LLM_MODEL: which of its models");
      variables.require(
          chosen.isPresent() || base.isPresent() || named == ModelSettings.Provider.OLLAMA,
          "LLM_PROVIDER=%s needs LLM_API_KEY (or %s_API_KEY)".formatted(named, named.name()));
      return model.map(
          name -> new ModelSettings(named, name, chosen, base, timeout, longest, prices));
    });
  }

  private static Optional<ApiKey> key(Variables variables, String name) {
    return variables.find(name, NONE, ApiKey::toString, ApiKey::new);
  }

  private static Optional<BigDecimal> price(Variables variables, String name) {
    return variables.find(
        name, "unknown", BigDecimal::toPlainString, text -> Values.amount(text, 6));
  }
}
