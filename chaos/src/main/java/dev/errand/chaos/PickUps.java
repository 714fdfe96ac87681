package dev.errand.chaos;

import dev.errand.chaos.Fault.Effect;
import dev.errand.chaos.Fault.Injection;
import dev.errand.chaos.audit.TaskRecord;
import dev.errand.chaos.audit.TaskRecord.AttemptRow;
import dev.errand.chaos.audit.TaskRecord.EventRow;
import dev.errand.chaos.node.Footprints.Footprint;
import dev.errand.chaos.node.Footprints.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How long tasks waited because of a fault.
///
/// For a task that the node was running: from the fault until a handler is called with it again, by
/// whichever process. One that the node goes on with (its network was back soon enough) does not
/// count, nor does one whose attempt had ended. For tasks submitted meanwhile: from their
/// submission until a handler is called with them for the first time.
record PickUps(List<Duration> waits) {
  private static final Duration MEANWHILE = Duration.ofSeconds(3);

  PickUps {
    waits = waits.stream().sorted().toList();
  }

  /// Of tasks that were being run.
  static PickUps ofOrphans(List<Injection> injections, Effect effect, List<TaskRecord> records) {
    return new PickUps(
        injections.stream()
            .filter(injection -> injection.fault().effect() == effect)
            .flatMap(injection -> records.stream().flatMap(task -> wait(task, injection).stream()))
            .toList());
  }

  /// Of tasks that came just after a fault.
  static PickUps ofNew(List<Injection> injections, Effect effect, List<TaskRecord> records) {
    return new PickUps(
        injections.stream()
            .filter(injection -> injection.fault().effect() == effect)
            .flatMap(
                injection -> records.stream().flatMap(task -> waitOfNew(task, injection).stream()))
            .toList());
  }

  private static Optional<Duration> wait(TaskRecord task, Injection injection) {
    Optional<Footprint> last =
        begins(task)
            .filter(begin -> begin.at().isBefore(injection.at()))
            .reduce((_, later) -> later);
    if (last.isEmpty() || !injection.into(last.get().pid()) || ended(task, last.get(), injection)) {
      return Optional.empty();
    }
    return begins(task)
        .filter(begin -> begin.at().isAfter(injection.at()))
        .findFirst()
        .filter(next -> lost(task, last.get()) || neverRecorded(task, last.get()))
        .map(next -> Duration.between(injection.at(), next.at()));
  }

  /// Whether the attempt was over when the fault came: its outcome was stored, or it was its own
  /// end that had the task run again.
  private static boolean ended(TaskRecord task, Footprint attempt, Injection injection) {
    return task.attempts().stream()
            .filter(row -> row.name().equals(attempt.attempt()))
            .anyMatch(row -> row.ended().isBefore(injection.at()) && !row.outcome().equals("lost"))
        || task.events().stream()
            .anyMatch(event ->
                event.end()
                    && event.at().isAfter(attempt.at())
                    && event.at().isBefore(injection.at()));
  }

  private static boolean lost(TaskRecord task, Footprint attempt) {
    return rows(task, attempt).anyMatch(row -> row.outcome().equals("lost"));
  }

  /// A task that is held without a lease leaves nothing behind when its worker is killed.
  private static boolean neverRecorded(TaskRecord task, Footprint attempt) {
    return rows(task, attempt).findAny().isEmpty();
  }

  private static Stream<AttemptRow> rows(TaskRecord task, Footprint attempt) {
    return task.attempts().stream().filter(row -> row.name().equals(attempt.attempt()));
  }

  private static Optional<Duration> waitOfNew(TaskRecord task, Injection injection) {
    Instant submitted = task.events().stream().map(EventRow::at).findFirst().orElseThrow();
    if (submitted.isBefore(injection.at()) || submitted.isAfter(injection.at().plus(MEANWHILE))) {
      return Optional.empty();
    }
    return begins(task)
        .findFirst()
        .map(begin -> Duration.between(submitted, begin.at()))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Stream<Footprint> begins(TaskRecord task) {
    return task.footprints().stream()
        .filter(footprint -> footprint.whole() && footprint.mark() == Mark.BEGIN);
  }

  Optional<Duration> percentile(int percent) {
    return waits.isEmpty()
        ? Optional.empty()
        : Optional.of(waits.get(Math.ceilDiv(waits.size() * percent, 100) - 1));
  }

  boolean within(Duration limit) {
    return percentile(99).map(wait -> wait.compareTo(limit) <= 0).orElse(true);
  }

  @Override
  public String toString() {
    return waits.isEmpty()
        ? "not measured"
        : "p50 %s, p99 %s, most %s (%d tasks)"
            .formatted(
                seconds(percentile(50).orElseThrow()),
                seconds(percentile(99).orElseThrow()),
                seconds(waits.getLast()),
                waits.size());
  }

  private static String seconds(Duration wait) {
    return String.format(Locale.ROOT, "%.2f s", wait.toMillis() / 1e3);
  }
}
