package dev.errand.handlers.search.provider;

import dev.errand.handlers.fetch.ApiClient;
import dev.errand.handlers.fetch.ApiClient.Response;
import dev.errand.handlers.fetch.ApiClient.Response.Answered;
import dev.errand.handlers.search.ProviderAnswer;
import dev.errand.handlers.search.ProviderAnswer.Failed;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.ProviderAnswer.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls a provider on the network, and reads what is alike in all of their answers. Thread-safe.
///
/// @param address of the provider's search
/// @param within how long an answer may take
record Service(ApiClient client, URI address, Duration within) {
  private static final int LONGEST_DETAIL = 300;
  private static final JsonMapper JSON = JsonMapper.shared();

  /// Reads an answer with status 200.
  @FunctionalInterface
  interface Reading {
    /// @throws JacksonException or IllegalArgumentException when it is not as expected
    Found of(Answered answer);
  }

  /// Says what an answer with another status, below 500, means.
  @FunctionalInterface
  interface Refusal {
    Failed of(Answered answer);
  }

  /// @param parameters in order
  ProviderAnswer get(
      Map<String, String> parameters, Map<String, String> headers, Reading reading, Refusal refusal)
      throws InterruptedException {
    String query =
        parameters.entrySet().stream()
            .map(one ->
                one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return answer(client.get(URI.create(address + "?" + query), headers, within), reading, refusal);
  }

  ProviderAnswer post(Object body, Map<String, String> headers, Reading reading, Refusal refusal)
      throws InterruptedException {
    String json = JSON.writeValueAsString(body);
    return answer(client.post(address, headers, json, within), reading, refusal);
  }

  private static ProviderAnswer answer(Response reply, Reading reading, Refusal refusal) {
    return switch (reply) {
      case Answered answered when answered.status() == 200 -> read(answered, reading);
      case Answered answered when answered.status() >= 500 ->
          new Failed(Kind.DOWN, "answered %d".formatted(answered.status()), answered.retryAfter());
      case Answered answered -> refusal.of(answered);
      case Response.Blocked(var why) -> Failed.of(Kind.REFUSED, "cannot be asked: " + why);
      case Response.Unreachable(var why) -> Failed.of(Kind.DOWN, "cannot be reached: " + why);
      case Response.TooLate(var why) -> Failed.of(Kind.LATE, "did not answer in time: " + why);
      case Response.Unusable(var why) ->
          Failed.of(Kind.UNREADABLE, "gave an answer that cannot be used: " + why);
    };
  }

  private static ProviderAnswer read(Answered answered, Reading reading) {
    try {
      return reading.of(answered);
    } catch (JacksonException | IllegalArgumentException _) {
      return Failed.of(Kind.UNREADABLE, "gave an answer that is cut short or not as expected");
    }
  }

  /// The body as JSON, an object.
  ///
  /// @throws IllegalArgumentException when it is something else
  static JsonNode json(Answered answered) {
    JsonNode body = JSON.readTree(answered.body());
    if (body == null || !body.isObject()) {
      throw new IllegalArgumentException("no object");
    }
    return body;
  }

  /// The list of this name.
  ///
  /// @throws IllegalArgumentException when there is none
  static JsonNode list(JsonNode parent, String name) {
    JsonNode list = parent.path(name);
    if (!list.isArray()) {
      throw new IllegalArgumentException("no list " + name);
    }
    return list;
  }

  /// Text without any markup; empty when there is none.
  static String text(JsonNode parent, String name) {
    return plain(parent.path(name).asString(""));
  }

  static String plain(String html) {
    return html.indexOf('<') < 0 && html.indexOf('&') < 0
        ? html
        : Jsoup.parseBodyFragment(html).text();
  }

  /// What statuses below 500 usually mean.
  ///
  /// @param detail what the provider says is wrong, shown where no secret can be in it
  /// @param key the variable that holds the key
  static Failed usual(Answered answered, String detail, String key) {
    return switch (answered.status()) {
      case 401, 403 -> Failed.of(Kind.UNAUTHORIZED, "refused the key (%s)".formatted(key));
      case 402 -> Failed.of(Kind.EXHAUSTED, "has no credit left for this key");
      case 429 -> new Failed(Kind.BUSY, "is asked too often", answered.retryAfter());
      default ->
          Failed.of(Kind.REFUSED, "answered %d: %s".formatted(answered.status(), cut(detail)));
    };
  }

  private static String cut(String detail) {
    String said = plain(detail).strip();
    return said.isEmpty()
        ? "it does not say why"
        : said.substring(0, Math.min(LONGEST_DETAIL, said.length()));
  }

  /// The error object of the usual form, or an empty one.
  static Optional<JsonNode> error(Answered answered) {
    try {
      return Optional.of(json(answered));
    } catch (JacksonException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
