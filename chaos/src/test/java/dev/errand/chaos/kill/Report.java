package dev.errand.chaos.kill;

import dev.errand.chaos.audit.Finding;
import dev.errand.chaos.audit.Finding.Kind;
import dev.errand.chaos.audit.Ledger;
import dev.errand.chaos.audit.Ledger.Kill;
import dev.errand.chaos.audit.TaskRecord;
import dev.errand.chaos.audit.TaskRecord.AttemptRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the rounds came to.
record Report(
    long seed,
    int rounds,
    Duration took,
    Tally faults,
    Ledger ledger,
    List<TaskRecord> records,
    List<Finding> findings) {

  private static final Duration PEACE = Duration.ofMillis(2_200);

  /// The promises that were broken.
  List<Finding> broken() {
    return findings.stream().filter(f -> f.kind().breaksAPromise()).toList();
  }

  String line() {
    return "KillTest: %d rounds, seed %d, %d s: accepted %d, ended %d, lost %d, duplicates %d, stale results accepted %d, steps run twice after they finished %d, begun too late by stale attempts %d, said twice %d, attempts lost %d; claimed again after %s; refusals %s; %s"
        .formatted(
            rounds,
            seed,
            took.toSeconds(),
            ledger.promises().size(),
            records.stream().filter(h -> h.task().outcome() != null).count(),
            count(Kind.LOST),
            count(Kind.DUPLICATE),
            count(Kind.STALE_ACCEPTED),
            count(Kind.STEP_RUN_AGAIN),
            count(Kind.STEP_BEGUN_TOO_LATE),
            count(Kind.SAID_TWICE),
            records.stream()
                .flatMap(h -> h.attempts().stream())
                .filter(a -> a.outcome().equals("lost"))
                .count(),
            claimedAgain(),
            ledger.refusals(),
            faults);
  }

  private long count(Kind kind) {
    return findings.stream().filter(f -> f.kind() == kind).count();
  }

  /// How long after a kill the first task of the dead worker was claimed by the one that lived.
  private String claimedAgain() {
    List<Long> millis =
        ledger.undisturbedKills(PEACE).stream().flatMap(this::firstClaimAfter).sorted().toList();
    return millis.isEmpty()
        ? "-"
        : "median %d ms, most %d ms (%d kills)"
            .formatted(millis.get(millis.size() / 2), millis.getLast(), millis.size());
  }

  private Stream<Long> firstClaimAfter(Kill kill) {
    return records.stream()
        .flatMap(record -> nextAttempts(record, kill.pid()))
        .filter(next -> next.isAfter(kill.at()))
        .map(next -> Duration.between(kill.at(), next).toMillis())
        .min(Long::compare)
        .stream();
  }

  private static Stream<Instant> nextAttempts(TaskRecord record, long pid) {
    List<AttemptRow> attempts = record.attempts();
    return Stream.iterate(0, i -> i + 1)
        .limit(Math.max(0, attempts.size() - 1))
        .filter(i -> attempts.get(i).outcome().equals("lost"))
        .filter(i -> attempts.get(i).pid() == pid)
        .map(i -> attempts.get(i + 1).started());
  }

  /// Everything that was found, with the records of the tasks it happened to.
  @Override
  public String toString() {
    return line()
        + "\n"
        + findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }
}
