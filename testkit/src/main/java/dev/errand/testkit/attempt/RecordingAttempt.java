package dev.errand.testkit.attempt;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Budget;
import dev.errand.engine.budget.Reservation;
import dev.errand.engine.budget.Spending;
import dev.errand.engine.hash.Sha256;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/// An attempt that remembers what its handler did with it. Thread-safe.
///
/// A step's value goes through JSON even the first time, so a handler sees what a later attempt
/// would see. [#next] gives that later attempt: of the same task, with the steps finished so far.
public final class RecordingAttempt implements Attempt {
  private static final long MAX_ARTIFACT_BYTES = 25L * 1024 * 1024;

  private final Json json;
  private final TaskId task;
  private final int number;
  private final Map<String, String> steps;
  private final Map<String, Stored> artifacts = new LinkedHashMap<>();
  private final List<Progress> progress = new ArrayList<>();
  private final List<LogLine> log = new ArrayList<>();
  private final List<Spending> spent = new CopyOnWriteArrayList<>();
  private Duration timeLeft = Duration.ofMinutes(10);
  private Budget budget = estimate -> new Reservation(estimate, spent::add);

  /// @param message for people
  public record Progress(int percent, String message) {}

  /// @param text the bytes as UTF-8
  public record Stored(Artifact artifact, String text) {}

  public RecordingAttempt(Json json) {
    this(json, TaskId.next(), 1, new LinkedHashMap<>());
  }

  private RecordingAttempt(Json json, TaskId task, int number, Map<String, String> steps) {
    this.json = json;
    this.task = task;
    this.number = number;
    this.steps = steps;
  }

  /// As if an earlier attempt had finished this step.
  public synchronized RecordingAttempt withStep(String name, Object value) {
    steps.put(name, json.write(value));
    return this;
  }

  public synchronized RecordingAttempt withTimeLeft(Duration left) {
    timeLeft = left;
    return this;
  }

  public synchronized RecordingAttempt withBudget(Budget other) {
    budget = other;
    return this;
  }

  /// The task's next attempt.
  public synchronized RecordingAttempt next() {
    return new RecordingAttempt(json, task, number + 1, new LinkedHashMap<>(steps));
  }

  @Override
  public TaskId task() {
    return task;
  }

  @Override
  public String owner() {
    return "somebody";
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public synchronized Duration timeLeft() {
    return timeLeft;
  }

  @Override
  public synchronized void progress(int percent, String message) {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("Progress of %d percent".formatted(percent));
    }
    progress.add(new Progress(percent, message));
  }

  @Override
  public <T> T step(String name, Class<T> type, Callable<T> work) throws Exception {
    Optional<String> finished = valueOf(name);
    String value = finished.isPresent() ? finished.get() : json.write(work.call());
    synchronized (this) {
      steps.putIfAbsent(name, value);
    }
    return json.read(value, type);
  }

  private synchronized Optional<String> valueOf(String step) {
    return Optional.ofNullable(steps.get(step));
  }

  @Override
  public synchronized void log(LogLine.Level level, String text) {
    log.add(new LogLine(Instant.EPOCH, level, text));
  }

  @Override
  public synchronized Artifact store(String name, String type, String contentType, byte[] content)
      throws TaskFailure {
    if (content.length > MAX_ARTIFACT_BYTES) {
      throw TaskFailure.permanent("artifact_size_exceeded", name + " is too large");
    }
    String key = type + " " + name;
    UUID id = artifacts.containsKey(key) ? artifacts.get(key).artifact().id() : UUID.randomUUID();
    Artifact artifact =
        new Artifact(
            id,
            task,
            owner(),
            name,
            type,
            contentType,
            content.length,
            Sha256.hex(content),
            Instant.EPOCH);
    artifacts.put(key, new Stored(artifact, new String(content, StandardCharsets.UTF_8)));
    return artifact;
  }

  /// One without limits, unless another was given.
  @Override
  public synchronized Budget budget() {
    return budget;
  }

  /// What was settled, in order.
  public List<Spending> spent() {
    return List.copyOf(spent);
  }

  /// What was reported, in order.
  public synchronized List<Progress> reported() {
    return List.copyOf(progress);
  }

  public synchronized List<LogLine> logged() {
    return List.copyOf(log);
  }

  /// What was stored, in order; a replaced artifact keeps its place.
  public synchronized List<Stored> stored() {
    return List.copyOf(artifacts.values());
  }

  /// The artifact of this type.
  ///
  /// @throws java.util.NoSuchElementException when none was stored
  public Stored stored(String type) {
    return stored().stream()
        .filter(stored -> stored.artifact().type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  /// The steps that are finished, JSON text by name, in the order in which they ended.
  public synchronized Map<String, String> finishedSteps() {
    return new LinkedHashMap<>(steps);
  }
}
