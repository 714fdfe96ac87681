package dev.errand.handlers.model;

import dev.errand.engine.attempt.TaskFailure;
import dev.langchain4j.exception.ContentFilteredException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Translates a failed call into the failure of the task that made it. Messages hold no secrets.
final class ModelFailures {
  private static final Duration PAUSE = Duration.ofSeconds(20);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int MAX_DETAIL = 300;

  private final ModelSettings settings;

  ModelFailures(ModelSettings settings) {
    this.settings = settings;
  }

  Answer.Failed of(RuntimeException thrown) throws InterruptedException {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case ModelHttp.Interrupted _ -> throw new InterruptedException("Asking was interrupted");
        case ModelHttp.Refused refused -> {
          return new Answer.Failed(failure(refused), false);
        }
        case UncheckedIOException broken -> {
          return failed(broken);
        }
        case ContentFilteredException filtered -> {
          return new Answer.Failed(
              permanent("model_refused", "did not want to answer: " + filtered.getMessage()), true);
        }
        default -> {}
      }
    }
    return new Answer.Failed(
        TaskFailure.external(
            "model_answer_unreadable", who("gave an answer that cannot be read"), thrown),
        true);
  }

  private Answer.Failed failed(UncheckedIOException broken) {
    return switch (broken.getCause()) {
      case HttpConnectTimeoutException e ->
          new Answer.Failed(external("model_unreachable", "cannot be reached", e), false);
      case ConnectException e ->
          new Answer.Failed(external("model_unreachable", "cannot be reached", e), false);
      case HttpTimeoutException e ->
          new Answer.Failed(
              external(
                  "model_timeout",
                  "took longer than %d seconds (LLM_TIMEOUT_SECONDS)"
                      .formatted(settings.timeout().toSeconds()),
                  e),
              true);
      case null, default ->
          new Answer.Failed(external("model_unreachable", "broke off its answer", broken), true);
    };
  }

  private TaskFailure failure(ModelHttp.Refused refused) {
    int status = refused.statusCode();
    return switch (status) {
      // What providers say about a wrong key may hold part of it.
      case 401, 403 -> permanent("model_unauthorized", "refused the key (LLM_API_KEY)");
      case 404 ->
          permanent(
              "model_not_found",
              "does not know the model, or is elsewhere (LLM_MODEL, LLM_BASE_URL)");
      case 429 -> busy("has too much to do", refused);
      default ->
          status == 408 || status >= 500
              ? mayComeBack(refused)
              : permanent("model_refused", "answered %d: %s".formatted(status, detail(refused)));
    };
  }

  private TaskFailure mayComeBack(ModelHttp.Refused refused) {
    String answered = "answered %d".formatted(refused.statusCode());
    return refused.retryAfter().isPresent()
        ? busy(answered, refused)
        : external("model_failed", answered, refused);
  }

  private TaskFailure busy(String what, ModelHttp.Refused refused) {
    Duration pause = refused.retryAfter().flatMap(ModelFailures::seconds).orElse(PAUSE);
    return TaskFailure.busy("model_busy", who(what), pause);
  }

  private static Optional<Duration> seconds(String header) {
    if (!header.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      return Optional.empty();
    }
    Duration pause = Duration.ofMillis(Math.round(Double.parseDouble(header) * 1000));
    return Optional.of(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }

  /// What the provider says is wrong, where it says so in the usual form.
  private static String detail(ModelHttp.Refused refused) {
    String message;
    try {
      JsonNode body = JsonMapper.shared().readTree(String.valueOf(refused.getMessage()));
      JsonNode error = body.path("error");
      message = error.isString() ? error.stringValue() : error.path("message").asString("");
    } catch (JacksonException _) {
      message = "";
    }
    return message.isEmpty()
        ? "it does not say why"
        : message.substring(0, Math.min(MAX_DETAIL, message.length()));
  }

  private TaskFailure permanent(String code, String what) {
    return TaskFailure.permanent(code, who(what));
  }

  private TaskFailure external(String code, String what, @Nullable Throwable cause) {
    return TaskFailure.external(code, who(what), cause);
  }

  private String who(String what) {
    return "The language model %s/%s %s.".formatted(settings.provider(), settings.model(), what);
  }
}
