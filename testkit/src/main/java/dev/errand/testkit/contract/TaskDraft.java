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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A task to submit, of which a test says only what matters to it.
///
/// Each method gives a new draft; [#task] gives a task with an id of its own every time.
public final class TaskDraft {
  private String owner = "ada";
  private final String type;
  private String params = "{}";
  private Priority priority = Priority.NORMAL;
  private Duration timeout = Duration.ofMinutes(5);
  private Due due = new Due.Now();
  private List<String> tags = List.of();
  private String queue = "default";
  private @Nullable String concurrencyKey;
  private @Nullable Duration ttl;
  private Allowance budget = Allowance.UNLIMITED;
  private @Nullable UUID batch;
  private @Nullable Idempotency idempotency;
  private @Nullable String callbackUrl;

  private TaskDraft(String type) {
    this.type = type;
  }

  public static TaskDraft of(String type) {
    return new TaskDraft(type);
  }

  private TaskDraft with(Consumer<TaskDraft> change) {
    TaskDraft copy = new TaskDraft(type);
    copy.owner = owner;
    copy.params = params;
    copy.priority = priority;
    copy.timeout = timeout;
    copy.due = due;
    copy.tags = tags;
    copy.queue = queue;
    copy.concurrencyKey = concurrencyKey;
    copy.ttl = ttl;
    copy.budget = budget;
    copy.batch = batch;
    copy.idempotency = idempotency;
    copy.callbackUrl = callbackUrl;
    change.accept(copy);
    return copy;
  }

  public TaskDraft owner(String name) {
    return with(draft -> draft.owner = name);
  }

  public TaskDraft params(String json) {
    return with(draft -> draft.params = json);
  }

  public TaskDraft priority(Priority value) {
    return with(draft -> draft.priority = value);
  }

  public TaskDraft timeout(Duration time) {
    return with(draft -> draft.timeout = time);
  }

  public TaskDraft after(Duration delay) {
    return due(new Due.After(delay));
  }

  public TaskDraft at(Instant moment) {
    return due(new Due.At(moment));
  }

  public TaskDraft due(Due when) {
    return with(draft -> draft.due = when);
  }

  public TaskDraft tags(String... words) {
    return with(draft -> draft.tags = List.of(words));
  }

  public TaskDraft queue(String name) {
    return with(draft -> draft.queue = name);
  }

  public TaskDraft concurrencyKey(String key) {
    return with(draft -> draft.concurrencyKey = key);
  }

  public TaskDraft ttl(Duration time) {
    return with(draft -> draft.ttl = time);
  }

  public TaskDraft budget(Allowance own) {
    return with(draft -> draft.budget = own);
  }

  public TaskDraft key(String key, String fingerprint) {
    return with(draft -> draft.idempotency = new Idempotency(key, fingerprint));
  }

  public TaskDraft withoutKey() {
    return with(draft -> draft.idempotency = null);
  }

  public TaskDraft batch(UUID id) {
    return with(draft -> draft.batch = id);
  }

  public TaskDraft callbackUrl(String url) {
    return with(draft -> draft.callbackUrl = url);
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
        timeout,
        3,
        due,
        tags,
        "4bf92f3577b34da6a3ce929d0e0e4736",
        concurrencyKey,
        ttl,
        budget,
        batch,
        idempotency,
        callbackUrl);
  }
}
