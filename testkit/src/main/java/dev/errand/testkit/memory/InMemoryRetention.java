package dev.errand.testkit.memory;

import dev.errand.engine.budget.Budgets;
import dev.errand.engine.retention.Pruned;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.retention.RetentionStore;
import dev.errand.engine.schedule.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Retention in memory: each task goes when its life is over, whatever the extent of the pass.
record InMemoryRetention(Rows rows, Budgets budgets, ScheduleStore schedules)
    implements RetentionStore {

  @Override
  public Optional<Pruned> prune(Retention retention, Extent extent) {
    int tasks = rows.locked(now -> rows.forget(row -> over(row, retention, now)));
    Instant kept = rows.locked(now -> now.minus(Duration.ofDays(retention.life().toDays())));
    int others =
        schedules.forgetRuns(retention.life())
            + budgets.prune(kept.atZone(ZoneOffset.UTC).toLocalDate());
    return Optional.of(new Pruned(0, tasks, others));
  }

  private static boolean over(TaskRow row, Retention retention, Instant now) {
    Duration life = retention.byType().getOrDefault(row.type(), retention.life());
    return Objects.requireNonNull(row.finishedAt()).isBefore(now.minus(life));
  }

  @Override
  public List<String> unreferenced(String after, int limit) {
    return List.of();
  }

  @Override
  public void dealtWith(List<String> sha256s) {
    // There are no bytes to deal with.
  }
}
