package dev.errand.testkit.memory;

import dev.errand.engine.run.Run;
import dev.errand.engine.run.Run.Metric;
import dev.errand.engine.run.Run.Note;
import dev.errand.engine.run.RunStore;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Runs in memory. Thread-safe.
public final class InMemoryRuns implements RunStore {
  private final InstantSource clock;

  /// Newest first.
  private final Map<UUID, Run> runs = new TreeMap<>(Rows.BY_BYTES.reversed());

  private final Map<UUID, Map<String, Metric>> metrics = new HashMap<>();
  private final Map<UUID, List<Note>> notes = new HashMap<>();

  public InMemoryRuns(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Run start(UUID id, String owner, String key, @Nullable TaskId task) {
    runs.putIfAbsent(id, new Run(id, owner, key, task, Run.Status.RUNNING, now(), null));
    return Objects.requireNonNull(runs.get(id));
  }

  @Override
  public synchronized boolean end(UUID id, Run.Status status) {
    Run run = runs.get(id);
    if (run == null || run.status() != Run.Status.RUNNING) {
      return false;
    }
    runs.put(id, new Run(id, run.owner(), run.key(), run.task(), status, run.startedAt(), now()));
    return true;
  }

  @Override
  public synchronized Optional<Run> find(UUID id) {
    return Optional.ofNullable(runs.get(id));
  }

  @Override
  public synchronized Optional<Run> latest(String owner, String key) {
    return list(owner, key, null, 1).stream().findFirst();
  }

  @Override
  public synchronized Optional<Instant> lastCompleted(String owner, String key) {
    return list(owner, key, null, Integer.MAX_VALUE).stream()
        .filter(run -> run.status() == Run.Status.COMPLETED)
        .flatMap(run -> Optional.ofNullable(run.endedAt()).stream())
        .max(Instant::compareTo);
  }

  @Override
  public synchronized List<Run> list(
      String owner, @Nullable String key, @Nullable UUID before, int limit) {
    return runs.values().stream()
        .filter(run -> run.owner().equals(owner))
        .filter(run -> key == null || run.key().equals(key))
        .filter(run -> before == null || Rows.BY_BYTES.compare(run.id(), before) < 0)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized boolean measure(UUID run, String name, double value) {
    if (runs.containsKey(run)) {
      metrics.computeIfAbsent(run, _ -> new TreeMap<>()).put(name, new Metric(name, value, now()));
    }
    return runs.containsKey(run);
  }

  @Override
  public synchronized boolean note(UUID run, String text) {
    if (runs.containsKey(run)) {
      notes.computeIfAbsent(run, _ -> new ArrayList<>()).add(new Note(text, now()));
    }
    return runs.containsKey(run);
  }

  @Override
  public synchronized List<Metric> metrics(UUID run) {
    return List.copyOf(metrics.getOrDefault(run, Map.of()).values());
  }

  @Override
  public synchronized List<Note> notes(UUID run) {
    return List.copyOf(notes.getOrDefault(run, List.of()));
  }

  @Override
  public synchronized boolean delete(UUID id) {
    metrics.remove(id);
    notes.remove(id);
    return runs.remove(id) != null;
  }

  @Override
  public synchronized int forget(Duration olderThan) {
    long oldest = clock.instant().minus(olderThan).toEpochMilli();
    List<UUID> old =
        runs.keySet().stream().filter(id -> id.getMostSignificantBits() >>> 16 < oldest).toList();
    old.forEach(this::delete);
    return old.size();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
