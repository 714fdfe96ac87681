package dev.errand.testkit.memory;

import dev.errand.engine.limits.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Rates in memory.
final class InMemoryRates implements Rates {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Rows rows;
  private final Map<String, Minute> minutes = new HashMap<>();

  InMemoryRates(Rows rows) {
    this.rows = rows;
  }

  private record Minute(Instant since, int taken) {
    boolean over(Instant now) {
      return now.isAfter(since.plus(MINUTE)) || since.isAfter(now.plusSeconds(1));
    }
  }

  @Override
  public Grant take(String owner, int need, int block, int limit) {
    return rows.locked(now -> {
      Minute known = minutes.getOrDefault(owner, new Minute(now, 0));
      Minute minute = known.over(now) ? new Minute(now, 0) : known;
      int left = limit - minute.taken();
      int granted = left >= need ? Math.min(left, block) : 0;
      minutes.put(owner, new Minute(minute.since(), minute.taken() + granted));
      return new Grant(granted, Duration.between(now, minute.since().plus(MINUTE)));
    });
  }

  @Override
  public int forget(Duration age) {
    return rows.locked(now -> {
      int before = minutes.size();
      minutes.values().removeIf(minute -> minute.since().isBefore(now.minus(age)));
      return before - minutes.size();
    });
  }
}
