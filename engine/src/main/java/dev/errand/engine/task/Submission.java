package dev.errand.engine.task;

import dev.errand.engine.attempt.InvalidParams.Check;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.task.NewTask.Due;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller asks for, before defaults and limits are applied.
///
/// @param params JSON text of an object
/// @param timeout absent for the installation's maximum, which also bounds it
/// @param maxRetries absent for [#DEFAULT_MAX_RETRIES]
/// @param queue absent for [#DEFAULT_QUEUE]
/// @param concurrencyKey of the caller's tasks in the queue with this key only so many run at once
///   as the queue allows for a key, usually one; absent for no such limit
/// @param ttl how long after it is due it may be started at the latest, a second to a year; absent
///   for whenever
/// @param budget what all attempts together may spend
/// @param idempotencyKey absent when the same submission twice means two tasks
/// @param callbackUrl who is told of the task's end, an http or https address; absent for nobody
public record Submission(
    String type,
    String params,
    @Nullable Duration timeout,
    @Nullable Integer maxRetries,
    @Nullable Priority priority,
    Due due,
    @Nullable String queue,
    @Nullable String concurrencyKey,
    @Nullable Duration ttl,
    Allowance budget,
    List<String> tags,
    @Nullable String idempotencyKey,
    String traceId,
    @Nullable String callbackUrl) {
  public static final int DEFAULT_MAX_RETRIES = 3;
  public static final String DEFAULT_QUEUE = "default";

  private static final int MAX_TAGS = 20;
  private static final int MAX_NAME = 100;
  private static final int MAX_URL = 2_000;
  private static final Duration MIN_TTL = Duration.ofSeconds(1);
  private static final Duration MAX_TTL = Duration.ofDays(365);
  private static final Duration MAX_DELAY = Duration.ofDays(366);

  public Submission {
    tags = List.copyOf(tags);
    new Check()
        .that(
            timeout == null || (timeout.isPositive() && timeout.compareTo(MAX_DELAY) <= 0),
            "/timeout_seconds",
            "must be 1 or more")
        .that(
            maxRetries == null || (maxRetries >= 0 && maxRetries <= 100),
            "/max_retries",
            "must be 0 to 100")
        .that(
            queue == null || namesQueue(queue),
            "/queue",
            "must be 1 to 100 letters, digits, '_', '.' or '-'")
        .that(
            ttl == null || (ttl.compareTo(MIN_TTL) >= 0 && ttl.compareTo(MAX_TTL) <= 0),
            "/ttl_seconds",
            "must be 1 to 31536000 (a year)")
        .that(tags.size() <= MAX_TAGS, "/tags", "must be 20 tags at most")
        .that(
            tags.stream().allMatch(Submission::isName),
            "/tags",
            "must be 1 to 100 printable characters each")
        .that(
            concurrencyKey == null || isName(concurrencyKey),
            "/concurrency_key",
            "must be 1 to 100 printable characters")
        .that(
            idempotencyKey == null || isName(idempotencyKey),
            "/Idempotency-Key",
            "must be 1 to 100 printable characters")
        .that(
            !(due instanceof Due.After(var delay))
                || (!delay.isNegative() && delay.compareTo(MAX_DELAY) <= 0),
            "/delay_seconds",
            "must be 0 to 31622400 (a year)")
        .that(
            callbackUrl == null || isWebAddress(callbackUrl),
            "/callback_url",
            "must be an http or https address of 2,000 characters at most")
        .orThrow();
  }

  /// Whether a queue may have this name.
  public static boolean namesQueue(String text) {
    return text.matches("[A-Za-z0-9_.-]{1,100}");
  }

  private static boolean isWebAddress(String text) {
    if (text.length() > MAX_URL) {
      return false;
    }
    try {
      URI address = new URI(text);
      return address.getHost() != null
          && address.getUserInfo() == null
          && ("http".equalsIgnoreCase(address.getScheme())
              || "https".equalsIgnoreCase(address.getScheme()));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= MAX_NAME
        && text.codePoints().noneMatch(Character::isISOControl);
  }
}
