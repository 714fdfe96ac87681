package dev.errand.testkit.contract;

import dev.errand.engine.budget.Allowance;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.NewTask.Idempotency;
import dev.errand.engine.task.Priority;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A task to submit, of which a test says only what matters to it.
///
/// Each method gives a new draft; [#task] gives a task with an id of its own every time.
public record TaskDraft(
    String owner,
    String type,
    String params,
    Priority priority,
    Due due,
    List<String> tags,
    String queue,
    @Nullable String concurrencyKey,
    @Nullable Duration ttl,
    Allowance budget,
    @Nullable UUID batch,
    @Nullable Idempotency idempotency) {

  public TaskDraft {
    tags = List.copyOf(tags);
  }

  public static TaskDraft of(String type) {
    return new TaskDraft(
        "ada",
        type,
        "{}",
        Priority.NORMAL,
        new Due.Now(),
        List.of(),
        "default",
        null,
        null,
        Allowance.UNLIMITED,
        null,
        null);
  }

  public TaskDraft owner(String name) {
    return new TaskDraft(
        name,
        type,
        params,
        priority,
        due,
        tags,
        queue,
        concurrencyKey,
        ttl,
        budget,
        batch,
        idempotency);
  }

  public TaskDraft params(String json) {
    return new TaskDraft(
        owner,
        type,
        json,
        priority,
        due,
        tags,
        queue,
        concurrencyKey,
        ttl,
        budget,
        batch,
        idempotency);
  }

  public TaskDraft priority(Priority value) {
    return new TaskDraft(
        owner,
        type,
        params,
        value,
        due,
        tags,
        queue,
        concurrencyKey,
        ttl,
        budget,
        batch,
        idempotency);
  }

  public TaskDraft after(Duration delay) {
    return due(new Due.After(delay));
  }

  public TaskDraft at(Instant moment) {
    return due(new Due.At(moment));
  }

  public TaskDraft due(Due when) {
    return new TaskDraft(
        owner,
        type,
        params,
        priority,
        when,
        tags,
        queue,
        concurrencyKey,
        ttl,
        budget,
        batch,
        idempotency);
  }

  public TaskDraft tags(String... words) {
    return new TaskDraft(
        owner,
        type,
        params,
        priority,
        due,
        List.of(words),
        queue,
        concurrencyKey,
        ttl,
        budget,
        batch,
        idempotency);
  }

  public TaskDraft queue(String name) {
    return new TaskDraft(
        owner,
        type,
        params,
        priority,
        due,
        tags,
        name,
        concurrencyKey,
        ttl,
        budget,
        batch,
        idempotency);
  }

  /// With a concurrency key.
  public TaskDraft concurrencyKey(String key) {
    return new TaskDraft(
        owner, type, params, priority, due, tags, queue, key, ttl, budget, batch, idempotency);
  }

  public TaskDraft ttl(Duration time) {
    return new TaskDraft(
        owner,
        type,
        params,
        priority,
        due,
        tags,
        queue,
        concurrencyKey,
        time,
        budget,
        batch,
        idempotency);
  }

  public TaskDraft budget(Allowance own) {
    return new TaskDraft(
        owner,
        type,
        params,
        priority,
        due,
        tags,
        queue,
        concurrencyKey,
        ttl,
        own,
        batch,
        idempotency);
  }

  public TaskDraft key(String key, String fingerprint) {
    return new TaskDraft(
        owner,
        type,
        params,
        priority,
        due,
        tags,
        queue,
        concurrencyKey,
        ttl,
        budget,
        batch,
        new Idempotency(key, fingerprint));
  }

  public TaskDraft withoutKey() {
    return new TaskDraft(
        owner, type, params, priority, due, tags, queue, concurrencyKey, ttl, budget, batch, null);
  }

  public TaskDraft batch(UUID id) {
    return new TaskDraft(
        owner,
        type,
        params,
        priority,
        due,
        tags,
        queue,
        concurrencyKey,
        ttl,
        budget,
        id,
        idempotency);
  }

  /// The drafted task under a new id.
  public NewTask task() {
    return task(TaskId.next());
  }

  public NewTask task(TaskId id) {
    return new NewTask(
        id,
        owner,
        type,
        params,
        queue,
        priority,
        Duration.ofMinutes(5),
        3,
        due,
        tags,
        "4bf92f3577b34da6a3ce929d0e0e4736",
        concurrencyKey,
        ttl,
        budget,
        batch,
        idempotency);
  }
}
