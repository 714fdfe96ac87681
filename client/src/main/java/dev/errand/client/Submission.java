package dev.errand.client;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A task to submit. What is not set, the server decides.
public final class Submission {
  private final ObjectNode body = Json.object();

  private Submission(String type, JsonNode params) {
    body.put("type", type);
    body.set("params", params);
  }

  public static Submission of(String type, JsonNode params) {
    return new Submission(type, params);
  }

  /// How long one attempt may run, in whole seconds.
  public Submission timeout(Duration timeout) {
    body.put("timeout_seconds", timeout.toSeconds());
    return this;
  }

  /// How many failed attempts may be followed by another.
  public Submission maxRetries(int maxRetries) {
    body.put("max_retries", maxRetries);
    return this;
  }

  /// @param priority one of `high normal low`
  public Submission priority(String priority) {
    body.put("priority", priority);
    return this;
  }

  /// How long from now the task waits at least, in whole seconds.
  public Submission delay(Duration delay) {
    body.put("delay_seconds", delay.toSeconds());
    return this;
  }

  public Submission runAt(Instant moment) {
    body.put("run_at", moment.toString());
    return this;
  }

  public Submission queue(String queue) {
    body.put("queue", queue);
    return this;
  }

  /// Of one's own tasks in the queue with the same key, only so many run at a time as the queue
  /// allows, usually one.
  public Submission concurrencyKey(String key) {
    body.put("concurrency_key", key);
    return this;
  }

  /// How long after it is due the task may be started at the latest, in whole seconds; one that was
  /// not fails as expired.
  public Submission ttl(Duration ttl) {
    body.put("ttl_seconds", ttl.toSeconds());
    return this;
  }

  /// How many tokens all attempts together may use up.
  public Submission tokens(long tokens) {
    body.withObjectProperty("budget").put("tokens", tokens);
    return this;
  }

  /// How many US dollars all attempts together may cost.
  public Submission dollars(BigDecimal dollars) {
    body.withObjectProperty("budget").put("usd", dollars);
    return this;
  }

  /// Where the end of the task is told, as a webhook is.
  public Submission callbackUrl(String url) {
    body.put("callback_url", url);
    return this;
  }

  public Submission tags(List<String> tags) {
    body.set("tags", Json.array(tags));
    return this;
  }

  ObjectNode body() {
    return body;
  }
}
