package dev.errand.chaos;

import dev.errand.chaos.Fault.Effect;
import dev.errand.chaos.Fault.Injection;
import dev.errand.chaos.audit.Finding;
import dev.errand.chaos.audit.Finding.Kind;
import dev.errand.chaos.audit.Ledger;
import dev.errand.chaos.audit.TaskRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a run came to.
record Summary(
    Plan plan,
    Duration took,
    String machine,
    String whyNoDisk,
    List<Injection> injections,
    Ledger ledger,
    int followed,
    List<TaskRecord> records,
    List<Finding> findings) {
  private static final Duration AFTER_A_KILL = Duration.ofSeconds(2);
  private static final Duration AFTER_A_CUT = Duration.ofSeconds(5);

  /// Whether every promise was kept, and every lost task picked up in time.
  boolean good() {
    return broken().isEmpty()
        && orphans(Effect.KILL).within(AFTER_A_KILL)
        && orphans(Effect.NETWORK).within(AFTER_A_CUT);
  }

  /// The promises that were broken.
  List<Finding> broken() {
    return findings.stream().filter(finding -> finding.kind().breaksAPromise()).toList();
  }

  private PickUps orphans(Effect effect) {
    return PickUps.ofOrphans(injections, effect, records);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s; seed %d, %d faults in %d s, then everything could end%n%n"
            .formatted(machine, plan.seed(), injections.size(), took.toSeconds()));
    for (Fault fault : Fault.values()) {
      text.append("%4s  %s%n".formatted(times(fault), fault.what()));
    }
    text.append('\n');
    line(text, "accepted", ledger.promises().size());
    line(text, "ended", records.stream().filter(h -> h.task().outcome() != null).count());
    text.append("  %-44s %s%n".formatted("callers changed their minds", ledger.changesOfMind()));
    text.append(
        "  %-44s %s%n".formatted("callers told to come back, by status", ledger.refusals()));
    line(text, "attempts that lost their worker", attempts("lost"));
    line(text, "attempts given back by a node that was stopped", attempts("released"));
    line(text, "tasks followed live", followed);
    text.append("\n  these must be 0\n");
    zero(text, "lost", Kind.LOST, Kind.LEFT_OVER);
    zero(text, "two tasks for one key, or one nobody asked for", Kind.DUPLICATE);
    zero(text, "ended twice", Kind.ENDED_TWICE);
    zero(text, "ended otherwise than they should", Kind.FAILED);
    zero(text, "stale results accepted", Kind.STALE_ACCEPTED);
    zero(text, "finished steps repeated", Kind.STEP_RUN_AGAIN);
    zero(text, "events missing, or numbered wrong", Kind.NUMBERS_WRONG);
    zero(text, "events or log lines doubled", Kind.SAID_TWICE);
    zero(text, "followers who missed an event or got one twice", Kind.FOLLOWED_WRONG);
    zero(text, "attempts lost by a node that was stopped", Kind.DRAIN_BURNT);
    text.append("\n  picked up again\n");
    pickUp(text, "after a kill (p99 <= 2 s)", Effect.KILL, AFTER_A_KILL);
    pickUp(text, "after a cut or stall (p99 <= 5 s)", Effect.NETWORK, AFTER_A_CUT);
    text.append("\n  new tasks of the 3 s after a fault, until they start\n");
    started(text, "after a kill", Effect.KILL);
    started(text, "after a cut or stall", Effect.NETWORK);
    return text.toString();
  }

  private String times(Fault fault) {
    if (fault == Fault.DISK_FULL && !whyNoDisk.isEmpty()) {
      return "not run (%s):".formatted(whyNoDisk);
    }
    return String.valueOf(
        injections.stream().filter(injection -> injection.fault() == fault).count());
  }

  private long attempts(String outcome) {
    return records.stream()
        .flatMap(record -> record.attempts().stream())
        .filter(attempt -> attempt.outcome().equals(outcome))
        .count();
  }

  private static void line(StringBuilder text, String what, long count) {
    text.append("  %-44s %,d%n".formatted(what, count));
  }

  private void zero(StringBuilder text, String what, Kind... kinds) {
    long count =
        findings.stream().filter(finding -> Set.of(kinds).contains(finding.kind())).count();
    text.append("  %-48s %d%s%n".formatted(what, count, count == 0 ? "" : "   <-"));
  }

  private void pickUp(StringBuilder text, String what, Effect effect, Duration limit) {
    PickUps waits = orphans(effect);
    text.append("  %-36s %s%s%n".formatted(what, waits, waits.within(limit) ? "" : "   missed"));
  }

  private void started(StringBuilder text, String what, Effect effect) {
    text.append("  %-36s %s%n".formatted(what, PickUps.ofNew(injections, effect, records)));
  }

  /// Everything that was found, with the records of the tasks that it happened to.
  String details() {
    return this
        + "\n"
        + injections.stream().map(Injection::toString).collect(Collectors.joining("\n"))
        + "\n\n"
        + findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
  }
}
