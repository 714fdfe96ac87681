package dev.errand.testkit.memory;

import dev.errand.engine.schedule.Schedule;
import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.schedule.ScheduleRun.Status;
import dev.errand.engine.schedule.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Schedules in memory, behind one lock. Thread-safe.
public final class InMemorySchedules implements ScheduleStore {
  private static final Comparator<ScheduleRun> LATEST_FIRST =
      Comparator.comparing(ScheduleRun::moment).thenComparing(ScheduleRun::triggered).reversed();

  private final InstantSource clock;
  private final NavigableMap<ScheduleId, Row> rows =
      new TreeMap<>(Comparator.comparing(ScheduleId::toString));

  public InMemorySchedules(InstantSource clock) {
    this.clock = clock;
  }

  /// @param lookAt when a node has to look at the schedule
  /// @param runs each with the moment at which a node has to look at it, if it waits
  private record Row(
      Schedule schedule,
      @Nullable Instant lookAt,
      NavigableMap<ScheduleRun, Optional<Instant>> runs) {

    Row with(Schedule changed, @Nullable Instant look) {
      return new Row(changed, look, runs);
    }

    Schedule seen() {
      return schedule.withLastRun(runs.isEmpty() ? null : runs.firstKey());
    }

    List<ScheduleRun> toLookAt(Instant now) {
      return runs.entrySet().stream()
          .filter(entry -> entry.getValue().filter(look -> !look.isAfter(now)).isPresent())
          .map(Map.Entry::getKey)
          .toList();
    }

    /// Runs are found by their moment and kind; a changed one takes the place of the old one.
    void put(ScheduleRun run, Optional<Instant> look) {
      runs.remove(run);
      runs.put(run, look);
    }
  }

  @Override
  public synchronized Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public synchronized void add(Schedule schedule) {
    rows.putIfAbsent(
        schedule.id(), new Row(schedule, schedule.next(), new TreeMap<>(LATEST_FIRST)));
  }

  @Override
  public synchronized Optional<Schedule> find(ScheduleId id) {
    return Optional.ofNullable(rows.get(id)).map(Row::seen);
  }

  @Override
  public synchronized List<Schedule> list(
      @Nullable String owner, @Nullable ScheduleId before, int limit) {
    NavigableMap<ScheduleId, Row> shown = before == null ? rows : rows.headMap(before, false);
    return shown.descendingMap().values().stream()
        .map(Row::seen)
        .filter(schedule -> owner == null || owner.equals(schedule.owner()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized boolean replace(Schedule schedule) {
    return Optional.ofNullable(rows.get(schedule.id()))
        .filter(row -> row.schedule().revision() == schedule.revision())
        .map(row ->
            rows.put(schedule.id(), row.with(schedule.revised(schedule.next()), schedule.next())))
        .isPresent();
  }

  @Override
  public synchronized boolean delete(ScheduleId id) {
    return rows.remove(id) != null;
  }

  @Override
  public synchronized List<ScheduleRun> runs(
      ScheduleId id, @Nullable ScheduleRun before, int limit) {
    return runs(id)
        .filter(run -> before == null || LATEST_FIRST.compare(run, before) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<ScheduleRun> startedRuns(ScheduleId id, int limit) {
    return runs(id).filter(run -> run.status() != Status.SKIPPED).limit(limit).toList();
  }

  private Stream<ScheduleRun> runs(ScheduleId id) {
    return Optional.ofNullable(rows.get(id)).stream().flatMap(row -> row.runs().keySet().stream());
  }

  @Override
  public synchronized Optional<Duration> untilNext() {
    return rows.values().stream()
        .flatMap(row ->
            Stream.concat(
                Stream.ofNullable(row.lookAt()),
                row.runs().values().stream().flatMap(Optional::stream)))
        .min(Comparator.naturalOrder())
        .map(look -> Duration.between(now(), look));
  }

  @Override
  public synchronized List<Schedule> takeDue(int limit, Duration putOff) {
    Instant now = now();
    List<Row> due =
        rows.values().stream()
            .filter(row -> row.lookAt() != null && !row.lookAt().isAfter(now))
            .sorted(Comparator.comparing(row -> Objects.requireNonNull(row.lookAt())))
            .limit(limit)
            .toList();
    due.forEach(row -> rows.put(row.schedule().id(), row.with(row.schedule(), now.plus(putOff))));
    return due.stream().map(row -> row.schedule().withLastRun(null)).toList();
  }

  @Override
  public synchronized int decide(List<Decision> decisions) {
    return (int) decisions.stream().filter(this::decide).count();
  }

  private boolean decide(Decision decision) {
    ScheduleRun run = decision.run();
    Row row = rows.get(run.schedule());
    if (row == null || row.schedule().revision() != decision.revision()) {
      return false;
    }
    Schedule next = row.schedule().revised(decision.next());
    rows.put(run.schedule(), row.with(next, decision.next()));
    boolean waits = run.status() == Status.WAITING;
    return row.runs().putIfAbsent(run, waits ? Optional.of(now()) : Optional.empty()) == null;
  }

  @Override
  public synchronized boolean trigger(ScheduleRun run, Duration putOff) {
    Row row = rows.get(run.schedule());
    return row != null && row.runs().putIfAbsent(run, Optional.of(now().plus(putOff))) == null;
  }

  @Override
  public synchronized List<Waiting> takeWaiting(int limit, Duration putOff) {
    Instant now = now();
    List<Waiting> taken = new ArrayList<>();
    for (Row row : rows.values()) {
      for (ScheduleRun run : row.toLookAt(now)) {
        if (taken.size() < limit) {
          row.put(run, Optional.of(now.plus(putOff)));
          taken.add(new Waiting(row.schedule().withLastRun(run), run));
        }
      }
    }
    return taken;
  }

  @Override
  public synchronized void submitted(List<ScheduleRun> runs) {
    for (ScheduleRun run : runs) {
      Row row = rows.get(run.schedule());
      if (row != null) {
        row.put(run, Optional.empty());
      }
    }
  }

  @Override
  public synchronized void skipWaiting(ScheduleId id, String why) {
    Row row = rows.get(id);
    if (row != null) {
      runs(id)
          .filter(run -> run.status() == Status.WAITING && !run.triggered())
          .toList()
          .forEach(run -> row.put(skipped(run, why), Optional.empty()));
    }
  }

  private static ScheduleRun skipped(ScheduleRun run, String why) {
    return new ScheduleRun(
        run.schedule(), run.moment(), run.triggered(), Status.SKIPPED, null, why);
  }

  @Override
  public synchronized int forgetRuns(Duration olderThan) {
    Instant kept = now().minus(olderThan);
    int forgotten = 0;
    for (Row row : rows.values()) {
      int before = row.runs().size();
      row.runs()
          .keySet()
          .removeIf(run -> run.status() != Status.WAITING && run.moment().isBefore(kept));
      forgotten += before - row.runs().size();
    }
    return forgotten;
  }
}
